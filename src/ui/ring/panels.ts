import * as vscode from 'vscode';
import { NOTHING_TRIED } from '../../domain/placement/whatIf';
import { parseChoices } from '../../domain/ring/parseChoices';
import type { RingChoices, RingMembers } from '../../domain/ring/choices';
import { baseName, type ZPath } from '../../domain/znode/path';
import { RING_VIEW } from '../contributions';
import { plainText } from '../plainText';
import { attachRing, questionPorts, type RingHostPorts } from './attach';
import { RingFolder } from './folder';
import { RingQuestions } from './questions';

/** Shows the ring of some servers beside what is open. */
export function openRing(ports: RingHostPorts, members: RingMembers): void {
  const column = vscode.ViewColumn.Active;
  const panel = vscode.window.createWebviewPanel(RING_VIEW, titleOf(members), column);
  show(panel, { members, options: {}, whatIf: NOTHING_TRIED }, ports);
}

/** Asks which servers, and shows their ring. */
export async function askForRing(ports: RingHostPorts): Promise<void> {
  const questions = new RingQuestions(questionPorts(ports, RingFolder.ofWindow()));
  const members = await questions.chooseMembers();
  if (members) openRing(ports, members);
}

/** Fills a panel that VS Code kept over a reload of the window. */
export function restoreRing(
  ports: RingHostPorts,
  panel: vscode.WebviewPanel,
  state: unknown,
): void {
  const { choices } = parseChoices((state as { choices?: unknown } | undefined)?.choices);
  if (choices) show(panel, choices, ports);
  else panel.dispose();
}

function show(panel: vscode.WebviewPanel, choices: RingChoices, ports: RingHostPorts): void {
  attachRing(panel, choices, ports, { folder: RingFolder.ofWindow() });
}

function titleOf(members: RingMembers): string {
  if (!('path' in members)) return vscode.l10n.t('Hash Ring');
  return vscode.l10n.t('Ring of {0}', plainText(baseName(members.path as ZPath)));
}
