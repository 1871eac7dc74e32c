import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import { formatHost, parseConnectString, type HostPort } from '../../zk/connectString';
import { ServerCommandError } from '../../zk/serverCommandError';
import type { Session, Sessions } from '../../zk/sessions';
import { Answers } from '../answers';
import { chooseSession } from '../chooseSession';
import { registerCommand } from '../commands';
import { Commands } from '../contributions';
import type { UserInput } from '../userInput';
import { questions } from './questions';

export interface ServerFeature {
  readonly sessions: Sessions;
  readonly ui: UserInput;
  readonly adminPort: () => number;
  readonly log: Logger;
}

/** A row of a connection, or of one of its servers. */
interface ServerRow {
  readonly connectionId?: string;
  readonly address?: string;
}

/** *Ask Server…*: what a server says of itself, by commands that only read. */
export function registerServer({ sessions, ui, adminPort, log }: ServerFeature): Disposable {
  const store = new DisposableStore();
  const answers = store.add(new Answers('zkserver'));
  const ask = async (target?: ServerRow): Promise<void> => {
    const session = await chooseSession(sessions, ui, target?.connectionId);
    if (!session) return;
    const title = vscode.l10n.t('Ask Server');
    const server = hostOf(target?.address) ?? (await chooseServer(session, ui, title));
    const question = await ui.pick({
      title,
      placeholder: vscode.l10n.t('What shall {0} be asked?', formatHost(server)),
      items: questions(),
    });
    const { name, text, language } = await ui
      .progress(
        {
          title,
          message: vscode.l10n.t('Waiting for the answer of {0}', formatHost(server)),
          detail: vscode.l10n.t('Escape stops waiting'),
        },
        (signal) => question({ ...session.options, ...server, adminPort: adminPort() }, signal),
      )
      .catch(explain);
    await answers.show(name, text, language);
  };
  store.add(registerCommand(Commands.serverAsk, ask, log));
  return store;
}

function hostOf(address: string | undefined): HostPort | undefined {
  const parsed = parseConnectString(address ?? '');
  return 'kind' in parsed ? undefined : parsed.hosts[0];
}

/** Names what to change at the server, where that is what it takes. */
function explain(error: unknown): never {
  if (!(error instanceof ServerCommandError) || error.code !== 'NotWhitelisted') throw error;
  const message = vscode.l10n.t(
    'This server does not allow that word. Add it to “4lw.commands.whitelist” in its configuration, or ask “srvr”, which is always allowed.',
  );
  throw new Error(message, { cause: error });
}

async function chooseServer(session: Session, ui: UserInput, title: string): Promise<HostPort> {
  const parsed = parseConnectString(session.options.connectString);
  const hosts = 'kind' in parsed ? [] : parsed.hosts;
  const [first, second] = hosts;
  if (!first) throw new Error(vscode.l10n.t('This connection has no server to ask.'));
  if (!second) return first;
  return ui.pick({
    title,
    placeholder: vscode.l10n.t('Which server?'),
    items: hosts.map((host) => ({ label: formatHost(host), value: host })),
  });
}
