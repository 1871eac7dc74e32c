import * as vscode from 'vscode';
import type { ZPath } from '../../domain/znode/path';
import { registerCommand } from '../commands';
import { Commands, RING_VIEW } from '../contributions';
import { parseZnodeUri } from '../uri';
import type { RingPanelPorts } from './panels';

export interface RingFeature extends RingPanelPorts {
  readonly selectedPlaces: () => readonly { connectionId: string; path: ZPath }[];
}

/** Hash rings of znodes; all but this is loaded with the first one. */
export function registerRing({ selectedPlaces, ...ports }: RingFeature): vscode.Disposable {
  const show = async (target?: unknown): Promise<void> => {
    const place = placeOf(target) ?? selectedPlaces()[0] ?? placeOfEditor();
    if (!place) {
      throw new Error(
        vscode.l10n.t('Select the znode whose children are servers in the Clusters view first.'),
      );
    }
    const { openRing } = await import('./panels');
    openRing(ports, place.connectionId, place.path);
  };
  const serializer: vscode.WebviewPanelSerializer = {
    async deserializeWebviewPanel(panel, state: unknown) {
      const { restoreRing } = await import('./panels');
      restoreRing(ports, panel, state);
    },
  };
  return vscode.Disposable.from(
    registerCommand(Commands.ringShow, show, ports.log),
    vscode.window.registerWebviewPanelSerializer(RING_VIEW, serializer),
  );
}

function placeOf(target: unknown): { connectionId: string; path: ZPath } | undefined {
  if (target instanceof vscode.Uri) return parseZnodeUri(target);
  if (typeof target !== 'object' || target === null) return undefined;
  const { connectionId, path } = target as { connectionId?: unknown; path?: unknown };
  if (typeof connectionId !== 'string' || typeof path !== 'string') return undefined;
  return { connectionId, path: path as ZPath };
}

function placeOfEditor(): { connectionId: string; path: ZPath } | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri && parseZnodeUri(uri);
}
