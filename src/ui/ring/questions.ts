import * as vscode from 'vscode';
import { Limiter } from '../../base/async';
import { readObject } from '../../domain/membership/json';
import { loadOfCsv, loadOfJson, type ObservedLoad } from '../../domain/ring/observedLoad';
import { MAX_LISTED_KEYS } from '../../domain/ring/parseChoices';
import type { RingKeySource, RingMembers } from '../../domain/ring/choices';
import { parseServerList } from '../../domain/ring/servers';
import { typedServers } from '../../domain/ring/typedServers';
import { decodeUtf8 } from '../../domain/textCoding';
import { childPath, parsePath, type ZPath } from '../../domain/znode/path';
import { ZkError } from '../../zk/errors';
import type { Sessions } from '../../zk/sessions';
import { chooseSession } from '../chooseSession';
import { plainText } from '../plainText';
import type { UserInput } from '../userInput';
import { withOnly } from './choices';
import type { RingController } from './controller';
import { readBounded, type RingFolder } from './folder';

const CONCURRENCY = 8;

/** Asks where servers, keys and loads come from. Leaving a question throws `Cancelled`. */
export class RingQuestions {
  constructor(
    private readonly ui: UserInput,
    private readonly sessions: Sessions,
    private readonly folder: RingFolder,
  ) {}

  /** The servers of a new ring; undefined when no file was chosen. */
  async chooseMembers(): Promise<RingMembers | undefined> {
    const { l10n } = vscode;
    const title = l10n.t('Show Hash Ring');
    const from = await this.ui.pick({
      title,
      placeholder: l10n.t('Where are the servers?'),
      items: [
        { label: l10n.t('Children of a Znode'), detail: l10n.t('Live'), value: 'znode' as const },
        {
          label: l10n.t('JSON File'),
          detail: '[{"address":"10.0.0.1:11211"}]',
          value: 'file' as const,
        },
        {
          label: l10n.t('Typed List'),
          detail: '10.0.0.1:11211, 10.0.0.2:11211',
          value: 'list' as const,
        },
      ],
    });
    if (from === 'znode') return this.chooseZnode(title);
    if (from === 'list') return this.typeServers(title);
    const file = await this.ui.pickFile({ title, action: l10n.t('Show Ring') });
    return file === undefined ? undefined : this.membersIn(vscode.Uri.file(file));
  }

  /** Asks for another source of keys, or takes the text of an editor. */
  async chooseKeys(from: 'editor' | 'file' | 'znode', ring: RingController): Promise<void> {
    const source = await this.keySource(from);
    if (source) ring.choose(withOnly(ring.choices, 'keys', source));
  }

  /** Asks where the observed load of the servers is to be read. */
  async chooseLoad(from: 'csv' | 'field', ring: RingController): Promise<void> {
    const found = from === 'csv' ? await this.loadInFile(ring) : await this.loadInZnodes(ring);
    if (!found) return;
    const { l10n } = vscode;
    const { load, without } = found;
    if (Object.keys(load).length === 0) {
      throw new Error(l10n.t('No load of a server of this ring was found there.'));
    }
    if (without > 0 && from === 'field') {
      const message = l10n.t('{0} servers have no such number.', without);
      this.ui.notify({ severity: 'warning', message });
    }
    ring.choose(withOnly(ring.choices, 'load', load));
  }

  private async chooseZnode(
    title: string,
  ): Promise<{ connection: string; path: string } | undefined> {
    const { l10n } = vscode;
    const session = await chooseSession(this.sessions, this.ui, undefined);
    if (!session) return undefined;
    const path = await this.ui.input({
      title,
      prompt: l10n.t('The path of the znode, such as /services/cache'),
      validate: (text) =>
        parsePath(text) ? undefined : l10n.t('A path begins with / and has no / at its end.'),
    });
    return { connection: session.id, path };
  }

  private async typeServers(title: string): Promise<RingMembers> {
    const { l10n } = vscode;
    const text = await this.ui.input({
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
  private async membersIn(uri: vscode.Uri): Promise<RingMembers> {
    const name = this.folder.nameOf(uri);
    if (name !== undefined) return { file: name };
    const servers = parseServerList(JSON.parse(await readText(uri)));
    if (typeof servers === 'string') throw new Error(servers);
    return { servers };
  }

  private async keySource(from: 'editor' | 'file' | 'znode'): Promise<RingKeySource | undefined> {
    const { l10n } = vscode;
    const title = l10n.t('Keys of the Ring');
    if (from === 'znode') return this.chooseZnode(title);
    const uri =
      from === 'editor'
        ? await this.chooseEditor(title)
        : await this.ui
            .pickFile({ title, action: l10n.t('Use Keys') })
            .then((file) => (file === undefined ? undefined : vscode.Uri.file(file)));
    if (!uri) return undefined;
    const name = this.folder.nameOf(uri);
    if (name !== undefined && from === 'file') return { file: name };
    const text =
      from === 'editor'
        ? (await vscode.workspace.openTextDocument(uri)).getText()
        : await readText(uri);
    const lines = text.split('\n').map((line) => line.trim());
    const list = lines.filter((line) => line !== '');
    if (list.length > MAX_LISTED_KEYS) {
      const message = l10n.t(
        'Only the first {0} of {1} keys are taken over. A file of the workspace can have more.',
        MAX_LISTED_KEYS,
        list.length,
      );
      this.ui.notify({ severity: 'warning', message });
    }
    return { list: list.slice(0, MAX_LISTED_KEYS) };
  }

  /** A page has no active editor beside it: what is open in tabs is what there is. */
  private async chooseEditor(title: string): Promise<vscode.Uri | undefined> {
    const { l10n } = vscode;
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: some }) => some);
    const open = tabs.flatMap(({ input }) =>
      input instanceof vscode.TabInputText ? [input.uri] : [],
    );
    const uris = [...new Map(open.map((uri) => [uri.toString(), uri])).values()];
    if (uris.length === 0) throw new Error(l10n.t('Open a text with one key on each line first.'));
    if (uris.length === 1) return uris[0];
    return this.ui.pick({
      title,
      placeholder: l10n.t('Which text has the keys?'),
      items: uris.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), value: uri })),
    });
  }

  private async loadInFile({ shown }: RingController): Promise<ObservedLoad | undefined> {
    const { l10n } = vscode;
    const title = l10n.t('Observed Load');
    const file = await this.ui.pickFile({ title, action: l10n.t('Use Loads') });
    if (file === undefined) return undefined;
    const addresses = shown.result?.now.servers.map(({ address }) => address) ?? [];
    return loadOfCsv(await readText(vscode.Uri.file(file)), addresses);
  }

  private async loadInZnodes(ring: RingController): Promise<ObservedLoad | undefined> {
    const { l10n } = vscode;
    const { members } = ring.choices;
    if (!('path' in members)) throw new Error(l10n.t('These servers have no znodes.'));
    const session = this.sessions.get(members.connection);
    if (!session) throw new Error(l10n.t('Connect to {0} first.', plainText(members.connection)));
    const field = await this.ui.input({
      title: l10n.t('Observed Load'),
      prompt: l10n.t('The JSON field with the load, such as load or metrics.requests'),
      validate: (text) => (text.trim() === '' ? l10n.t('Name a field.') : undefined),
    });
    const limiter = new Limiter(CONCURRENCY);
    const loads = await Promise.all(
      ring.members.map(({ address, child }) =>
        limiter.run(async () => {
          try {
            const { data } = await session.client.getData(childPath(members.path as ZPath, child));
            const json = readObject(data);
            return [
              address,
              typeof json === 'string' ? undefined : loadOfJson(json, field),
            ] as const;
          } catch (error) {
            if (error instanceof ZkError) return [address, undefined] as const;
            throw error;
          }
        }),
      ),
    );
    const known = loads.filter((entry): entry is [string, number] => entry[1] !== undefined);
    return { load: Object.fromEntries(known), without: loads.length - known.length };
  }
}

async function readText(uri: vscode.Uri): Promise<string> {
  const text = decodeUtf8(await readBounded(uri));
  if (text === undefined) throw new Error(vscode.l10n.t('This is no text in UTF-8.'));
  return text.replace(/^\ufeff/, '');
}
