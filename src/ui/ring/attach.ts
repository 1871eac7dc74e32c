import * as vscode from 'vscode';
import type { Logger } from '../../base/logger';
import type { RingChoices } from '../../domain/ring/choices';
import type { ZPath } from '../../domain/znode/path';
import type { FromRingPage } from '../../protocol/ring';
import type { Sessions } from '../../zk/sessions';
import { chooseSession } from '../chooseSession';
import type { UserInput } from '../userInput';
import { showPage } from '../webviewPage';
import { RingActions } from './actions';
import { RingController, type RingPorts } from './controller';
import { listedMembers, NOTHING_YET } from './feed';
import { FileFeed } from './fileFeed';
import type { RingFolder } from './folder';
import type { OpenRings } from './openRings';
import { RingQuestions, type QuestionPorts } from './questions';
import { ringTexts } from './texts';
import { ZnodeFeed } from './znodeFeed';

export interface RingHostPorts {
  readonly sessions: Sessions;
  readonly nameOf: (connectionId: string) => string | undefined;
  readonly extensionUri: vscode.Uri;
  readonly ui: UserInput;
  readonly rings: OpenRings;
  readonly log: Logger;
}

export interface RingSurroundings {
  /** Where files of the ring are. */
  readonly folder: RingFolder;
  /** Keeps what the user chose, where there is a document for it. */
  readonly keep?: (choices: RingChoices) => void;
}

/** Makes a webview show a ring, as long as it lives. */
export function attachRing(
  panel: vscode.WebviewPanel,
  choices: RingChoices,
  ports: RingHostPorts,
  surroundings: RingSurroundings,
): RingController {
  const { webview } = panel;
  const controller = new RingController(choices, {
    ...ringPorts(ports, surroundings),
    // A hidden page is gone and asks for all of it again with `ready`.
    post: (message) => void webview.postMessage(message),
  });
  webview.onDidReceiveMessage((message: FromRingPage) => controller.receive(message));
  ports.rings.add(controller, panel);
  panel.onDidDispose(() => controller.dispose());
  showPage(webview, ports.extensionUri, { page: 'ring', title: panel.title });
  return controller;
}

/** How a ring asks. */
export function questionPorts(
  { ui, sessions }: Pick<RingHostPorts, 'ui' | 'sessions'>,
  folder: RingFolder,
): QuestionPorts {
  const texts = ringTexts(folder);
  const { l10n } = vscode;
  return { ui, l10n, texts, chooseSession: () => chooseSession(sessions, ui, undefined) };
}

/** What a ring gets from VS Code, from files and from the connections. */
function ringPorts(
  ports: RingHostPorts,
  { folder, keep }: RingSurroundings,
): Omit<RingPorts, 'post'> {
  const { l10n } = vscode;
  const { sessions, nameOf, ui, log } = ports;
  const texts = ringTexts(folder);
  const actions = new RingActions({
    ui,
    log,
    l10n,
    texts,
    clientOf: (connection) => sessions.get(connection)?.client,
    questions: new RingQuestions(questionPorts(ports, folder)),
  });
  return {
    l10n,
    nameOf,
    now: Date.now,
    feed: (members, tell) => {
      if ('path' in members) return new ZnodeFeed(members, { sessions, nameOf, log, l10n }, tell);
      if ('file' in members) return new FileFeed(members.file, folder, tell);
      tell({ ...NOTHING_YET, members: listedMembers(members.servers) });
      return { dispose: () => {} };
    },
    keys: {
      readFile: (file) => folder.read(file),
      watchFile: (file, changed) => folder.watch(file, changed),
      childrenOf: async (connection, path) => {
        const session = sessions.get(connection);
        if (!session)
          throw new Error(l10n.t('Connect to {0} first.', nameOf(connection) ?? connection));
        return (await session.client.getChildren(path as ZPath)).names;
      },
    },
    tell: (message) => ui.notify({ severity: 'info', message }),
    act: (action, ring) => void actions.act(action, ring),
    ...(keep && { keep }),
  };
}
