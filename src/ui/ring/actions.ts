import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Logger } from '../../base/logger';
import { poolConfig } from '../../domain/config/pool';
import { isProblems } from '../../domain/placement/createPlacement';
import { checkImage } from '../../domain/ring/image';
import { RING_FILE_ENDING, writeRingFile } from '../../domain/ring/ringFile';
import { encodeUtf8 } from '../../domain/textCoding';
import { reportError } from '../commands';
import { plainText } from '../plainText';
import type { RingAction, RingController } from './controller';
import { movesText, placementText, type ExportFormat, type Pause } from './exports';
import { keyAccess } from './keySource';
import { withOnly } from './choices';
import { chooseLoad, type LoadPorts } from './loadQuestions';
import type { RingQuestions } from './questions';

export interface ActionPorts extends LoadPorts {
  readonly log: Logger;
  readonly questions: RingQuestions;
}

/** What a ring does outside of its page, each with an outcome that the user sees. */
export class RingActions {
  constructor(private readonly ports: ActionPorts) {}

  /** Never rejects: what goes wrong is one sentence, and leaving a question is nothing at all. */
  async act(action: RingAction, ring: RingController): Promise<void> {
    try {
      await this.run(action, ring);
    } catch (error) {
      reportError(action.type, error, this.ports.log);
    }
  }

  private run(action: RingAction, ring: RingController): Promise<void> {
    switch (action.type) {
      case 'chooseKeys':
        return this.chooseKeys(action.from, ring);
      case 'chooseLoad':
        return this.chooseLoad(action.from, ring);
      case 'image':
        return this.saveImage(action.format, action.bytes);
      case 'save':
        switch (action.what) {
          case 'ring':
            return this.saveRing(ring);
          case 'pool':
            return this.previewPool(ring);
          case 'placement':
          case 'moves':
            return this.saveTable(action.what, ring);
        }
    }
  }

  private async chooseKeys(from: 'editor' | 'file' | 'znode', ring: RingController): Promise<void> {
    const source = await this.ports.questions.chooseKeys(from);
    if (source) ring.choose(withOnly(ring.choices, 'keys', source));
  }

  private async chooseLoad(from: 'csv' | 'field', ring: RingController): Promise<void> {
    const { choices, members } = ring;
    const load = await chooseLoad(from, { source: choices.members, members }, this.ports);
    if (load) ring.choose(withOnly(ring.choices, 'load', load));
  }

  private async saveRing(ring: RingController): Promise<void> {
    const text = writeRingFile(ring.choices);
    // No filter: VS Code would put the double ending behind each name once more.
    const uri = await saveAs(`ring${RING_FILE_ENDING}`, {});
    if (!uri || text === undefined) return;
    await vscode.workspace.fs.writeFile(uri, encodeUtf8(text));
    await vscode.commands.executeCommand('vscode.open', uri);
  }

  private async saveTable(what: 'placement' | 'moves', ring: RingController): Promise<void> {
    const { l10n } = vscode;
    const { result, keys } = ring.shown;
    if (!result) throw new Error(l10n.t('There is nothing to save yet.'));
    const { now, after } = result;
    if (what === 'moves' && !after)
      throw new Error(l10n.t('Try a change first: nothing moves yet.'));
    const title = what === 'moves' ? l10n.t('Save Moves') : l10n.t('Save Placement');
    const format = await this.ports.ui.pick<ExportFormat>({
      title,
      placeholder: l10n.t('In which form?'),
      items: [
        { label: 'CSV', detail: l10n.t('One row for each key, for spreadsheets'), value: 'csv' },
        { label: 'JSON', detail: l10n.t('With preset, options and servers'), value: 'json' },
      ],
    });
    const uri = await saveAs(`${what}.${format}`, { [format.toUpperCase()]: [format] });
    if (!uri) return;
    const { replicas, distinctZones } = ring.choices;
    const input = { now, keys: keyAccess(keys), replicas, distinctZones };
    const text = await this.ports.ui.progress(
      { title, message: l10n.t('Placing keys'), detail: l10n.t('Escape stops.') },
      (signal) => {
        const pause: Pause = async () => {
          await setImmediate();
          signal.throwIfAborted();
        };
        return what === 'moves' && after
          ? movesText({ ...input, after }, format, pause)
          : placementText({ ...input, after }, format, pause);
      },
    );
    await vscode.workspace.fs.writeFile(uri, encodeUtf8(text));
    const open = { label: l10n.t('Open'), command: 'vscode.open', argument: uri };
    const message = l10n.t('Saved {0}.', plainText(vscode.workspace.asRelativePath(uri)));
    this.ports.ui.notify({ severity: 'info', message, actions: [open] });
  }

  /** A document that isn't written anywhere until the user saves it, where VS Code asks. */
  private async previewPool(ring: RingController): Promise<void> {
    const { l10n } = vscode;
    const { result } = ring.shown;
    if (!result) throw new Error(l10n.t('There is nothing to save yet.'));
    const { preset, options, servers } = result.after ?? result.now;
    const config = poolConfig({ servers, preset: preset.id, options });
    if (isProblems(config)) throw new Error(config[0]?.message ?? '');
    const language = config.fileName.endsWith('ml') ? 'yaml' : 'plaintext';
    const document = await vscode.workspace.openTextDocument({ language, content: config.text });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
  }

  private async saveImage(format: 'svg' | 'png', bytes: unknown): Promise<void> {
    const { l10n } = vscode;
    const image = checkImage(format, bytes);
    if (!image) throw new Error(l10n.t('The picture could not be made.'));
    const uri = await saveAs(`ring.${format}`, { [format.toUpperCase()]: [format] });
    if (uri) await vscode.workspace.fs.writeFile(uri, image);
  }
}

/** Where to save; the dialog itself asks before it names a file that exists. */
function saveAs(
  name: string,
  filters: Readonly<Record<string, string[]>>,
): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    filters,
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}
