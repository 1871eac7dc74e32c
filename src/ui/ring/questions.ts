import type * as vscode from 'vscode';
import type { RingKeySource, RingMembers } from '../../domain/ring/choices';
import { MAX_LISTED_KEYS } from '../../domain/ring/parseChoices';
import { parseServerList } from '../../domain/ring/servers';
import { typedServers } from '../../domain/ring/typedServers';
import { parsePath } from '../../domain/znode/path';
import type { Session } from '../../zk/sessions';
import type { UserInput } from '../userInput';

/** Files and texts that a question can be answered with. */
export interface RingTexts {
  /** The name by which a ring can refer to a file of this machine; undefined for one outside. */
  readonly nameOf: (file: string) => string | undefined;
  readonly read: (file: string) => Promise<string>;
  /** What is open in tabs. */
  readonly open: () => readonly { readonly label: string; read(): Promise<string> }[];
}

export interface QuestionPorts {
  readonly ui: UserInput;
  readonly l10n: typeof vscode.l10n;
  readonly texts: RingTexts;
  /** A connection that is open, asked for when there are several. */
  readonly chooseSession: () => Promise<Pick<Session, 'id'> | undefined>;
}

/** Asks where servers and keys come from. Leaving a question throws `Cancelled`. */
export class RingQuestions {
  constructor(private readonly ports: QuestionPorts) {}

  /** The servers of a new ring; undefined when no file was chosen. */
  async chooseMembers(): Promise<RingMembers | undefined> {
    const { ui, l10n } = this.ports;
    const title = l10n.t('Show Hash Ring');
    const example = '[{"address":"10.0.0.1:11211"}]';
    const from = await ui.pick<'znode' | 'file' | 'list'>({
      title,
      placeholder: l10n.t('Where are the servers?'),
      items: [
        { label: l10n.t('Children of a Znode'), detail: l10n.t('Followed live'), value: 'znode' },
        { label: l10n.t('JSON File'), detail: example, value: 'file' },
        { label: l10n.t('Typed List'), detail: '10.0.0.1:11211, 10.0.0.2:11211', value: 'list' },
      ],
    });
    if (from === 'znode') return this.chooseZnode(title);
    if (from === 'list') return this.typeServers(title);
    const file = await ui.pickFile({ title, action: l10n.t('Show Ring') });
    return file === undefined ? undefined : this.membersIn(file);
  }

  /** Another source of keys; undefined when none was chosen. */
  async chooseKeys(from: 'editor' | 'file' | 'znode'): Promise<RingKeySource | undefined> {
    const { ui, l10n, texts } = this.ports;
    const title = l10n.t('Keys of the Ring');
    if (from === 'znode') return this.chooseZnode(title);
    if (from === 'editor') return this.listed(await this.textOfTab(title));
    const file = await ui.pickFile({ title, action: l10n.t('Use Keys') });
    if (file === undefined) return undefined;
    const name = texts.nameOf(file);
    return name === undefined ? this.listed(await texts.read(file)) : { file: name };
  }

  private async chooseZnode(
    title: string,
  ): Promise<{ connection: string; path: string } | undefined> {
    const { ui, l10n } = this.ports;
    const session = await this.ports.chooseSession();
    if (!session) return undefined;
    const path = await ui.input({
      title,
      prompt: l10n.t('The path of the znode, such as /services/cache'),
      validate: (text) =>
        parsePath(text) ? undefined : l10n.t('A path begins with / and has no / at its end.'),
    });
    return { connection: session.id, path };
  }

  private async typeServers(title: string): Promise<RingMembers> {
    const { ui, l10n } = this.ports;
    const text = await ui.input({
      title,
      prompt: l10n.t(
        'Servers as host:port, with weight and zone where they have some: host:port=2@east',
      ),
      validate: (typed) => {
        const servers = typedServers(typed);
        if ('wrong' in servers) return l10n.t('"{0}" is no host:port.', servers.wrong);
        return servers.length === 0 ? l10n.t('Type at least one server.') : undefined;
      },
    });
    const servers = typedServers(text);
    return { servers: 'wrong' in servers ? [] : servers };
  }

  /** A file of the workspace is followed; the content of any other one is taken over. */
  private async membersIn(file: string): Promise<RingMembers> {
    const { texts } = this.ports;
    const name = texts.nameOf(file);
    if (name !== undefined) return { file: name };
    const servers = parseServerList(JSON.parse(await texts.read(file)));
    if (typeof servers === 'string') throw new Error(servers);
    return { servers };
  }

  private listed(text: string): RingKeySource {
    const { ui, l10n } = this.ports;
    const lines = text.split('\n').map((line) => line.trim());
    const list = lines.filter((line) => line !== '');
    if (list.length > MAX_LISTED_KEYS) {
      const message = l10n.t(
        'Only the first {0} of {1} keys are taken over. A file of the workspace can have more.',
        MAX_LISTED_KEYS,
        list.length,
      );
      ui.notify({ severity: 'warning', message });
    }
    return { list: list.slice(0, MAX_LISTED_KEYS) };
  }

  /** A page has no active editor beside it: what is open in tabs is what there is. */
  private async textOfTab(title: string): Promise<string> {
    const { ui, l10n, texts } = this.ports;
    const open = texts.open();
    const [only] = open;
    if (!only) throw new Error(l10n.t('Open a text with one key on each line first.'));
    if (open.length === 1) return only.read();
    const chosen = await ui.pick({
      title,
      placeholder: l10n.t('Which text has the keys?'),
      items: open.map((text) => ({ label: text.label, value: text })),
    });
    return chosen.read();
  }
}
