import * as vscode from 'vscode';
import type { ZPath } from '../../domain/znode/path';
import type { FromRingPage } from '../../protocol/ring';
import { registerCommand } from '../commands';
import { Commands, RING_EDITOR, RING_VIEW } from '../contributions';
import { parseZnodeUri } from '../uri';
import type { RingHostPorts } from './attach';
import { OpenRings } from './openRings';

export interface RingFeature extends Omit<RingHostPorts, 'rings'> {
  readonly selectedPlaces: () => readonly { connectionId: string; path: ZPath }[];
}

/** Hash rings of znodes, files and lists; all but this is loaded with the first one. */
export function registerRing({ selectedPlaces, ...feature }: RingFeature): vscode.Disposable {
  const rings = new OpenRings();
  const ports: RingHostPorts = { ...feature, rings };
  const show = async (target?: unknown): Promise<void> => {
    const place = placeOf(target) ?? selectedPlaces()[0] ?? placeOfEditor();
    const { askForRing, openRing } = await import('./panels');
    if (!place) return askForRing(ports);
    openRing(ports, { connection: place.connectionId, path: place.path });
  };
  const ask = async (): Promise<void> => (await import('./panels')).askForRing(ports);
  const serializer: vscode.WebviewPanelSerializer = {
    async deserializeWebviewPanel(panel, state: unknown) {
      const { restoreRing } = await import('./panels');
      restoreRing(ports, panel, state);
    },
  };
  const editor: vscode.CustomTextEditorProvider = {
    async resolveCustomTextEditor(document, panel) {
      const { RingEditor } = await import('./editor');
      new RingEditor(ports, document, panel);
    },
  };
  const tell = (message: FromRingPage) => (): void => activeRing(rings).receive(message);
  const draw = (format: 'svg' | 'png') => (): void => activeRing(rings).requestImage(format);
  const openWith = (type: string) => async (target?: unknown) => {
    const uri = target instanceof vscode.Uri ? target : uriOfTab();
    if (!uri) throw new Error(vscode.l10n.t('Open a ring file first.'));
    await vscode.commands.executeCommand('vscode.openWith', uri, type);
  };
  const actions: readonly (readonly [string, (target?: unknown) => unknown])[] = [
    [Commands.ringOpen, ask],
    [Commands.ringShowText, openWith('default')],
    [Commands.ringShowPicture, openWith(RING_EDITOR)],
    [Commands.ringSaveAs, tell({ type: 'save', what: 'ring' })],
    [Commands.ringSavePlacement, tell({ type: 'save', what: 'placement' })],
    [Commands.ringSaveMoves, tell({ type: 'save', what: 'moves' })],
    [Commands.ringPreviewPool, tell({ type: 'save', what: 'pool' })],
    [Commands.ringSaveSvg, draw('svg')],
    [Commands.ringSavePng, draw('png')],
  ];
  return vscode.Disposable.from(
    registerCommand(Commands.ringShow, show, ports.log),
    ...actions.map(([id, action]) => registerCommand(id, action, ports.log)),
    vscode.window.registerWebviewPanelSerializer(RING_VIEW, serializer),
    vscode.window.registerCustomEditorProvider(RING_EDITOR, editor),
  );
}

function activeRing(rings: OpenRings): NonNullable<OpenRings['active']> {
  const ring = rings.active;
  if (!ring) throw new Error(vscode.l10n.t('Open a hash ring first.'));
  return ring;
}

function placeOf(target: unknown): { connectionId: string; path: ZPath } | undefined {
  if (target instanceof vscode.Uri) return parseZnodeUri(target);
  if (typeof target !== 'object' || target === null) return undefined;
  const { connectionId, path } = target as { connectionId?: unknown; path?: unknown };
  if (typeof connectionId !== 'string' || typeof path !== 'string') return undefined;
  return { connectionId, path: path as ZPath };
}

function uriOfTab(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const hasUri = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom;
  return hasUri ? input.uri : undefined;
}

function placeOfEditor(): { connectionId: string; path: ZPath } | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri && parseZnodeUri(uri);
}
