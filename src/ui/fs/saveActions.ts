import type * as vscode from 'vscode';
import { saveChanges, type SaveChange } from '../../domain/znode/saveChanges';
import { parentPath, ROOT, type ZPath } from '../../domain/znode/path';
import type { UserInput } from '../userInput';

/** Where answers are kept: a memento of the workspace. */
export interface AnswerStorage {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

type Answer = 'with' | 'without';
const KEY = 'saveActions';

/**
 * What VS Code changes on its own in a text that is being saved (final line end, trailing spaces,
 * formatting, byte order mark) reaches a znode only when the user has seen and allowed it, once for
 * the znodes of a folder.
 */
export class SaveActions {
  constructor(
    private readonly storage: AnswerStorage,
    private readonly ui: Pick<UserInput, 'decide'>,
    private readonly l10n: typeof vscode.l10n,
  ) {}

  /**
   * The text to write: `after`, or `before` when the user wants it untouched; undefined when the
   * user leaves the question.
   */
  async choose(
    znode: { readonly connectionId: string; readonly path: ZPath },
    before: string,
    after: string,
  ): Promise<string | undefined> {
    const changes = saveChanges(before, after);
    if (changes.length === 0) return after;
    const folder = parentPath(znode.path) ?? ROOT;
    const key = `${znode.connectionId} ${folder}`;
    const answer = this.answers()[key] ?? (await this.ask(znode.path, folder, changes));
    if (answer === undefined) return undefined;
    await this.storage.update(KEY, { ...this.answers(), [key]: answer });
    return answer === 'with' ? after : before;
  }

  /** From now on everything is asked again. */
  async forget(): Promise<void> {
    await this.storage.update(KEY, undefined);
  }

  private ask(
    path: ZPath,
    folder: ZPath,
    changes: readonly SaveChange[],
  ): Promise<Answer | undefined> {
    const { t } = this.l10n;
    return this.ui.decide<Answer>({
      message: t('VS Code has changed the text of {0} while saving it.', path),
      detail: [
        ...changes.map((change) => describeSaveChange(change, this.l10n)),
        '',
        t('Nothing has been written yet. The answer is remembered for the znodes of {0}.', folder),
      ].join('\n'),
      actions: [
        { label: t('Save With Changes'), value: 'with' },
        { label: t('Save Without'), value: 'without' },
      ],
    });
  }

  private answers(): Readonly<Record<string, Answer>> {
    const stored = this.storage.get(KEY);
    if (typeof stored !== 'object' || stored === null) return {};
    const isAnswer = (value: unknown): boolean => value === 'with' || value === 'without';
    return Object.fromEntries(Object.entries(stored).filter(([, value]) => isAnswer(value)));
  }
}

function describeSaveChange(change: SaveChange, { t }: typeof vscode.l10n): string {
  switch (change.kind) {
    case 'byteOrderMark':
      return t('A byte order mark was put in front (encoding of the editor).');
    case 'finalLineEnd':
      return t('A line end was added at the end (files.insertFinalNewline).');
    case 'finalLineEndsTrimmed':
      return t('Line ends were removed at the end (files.trimFinalNewlines).');
    case 'trailingSpaces':
      return t(
        'Spaces at line ends were removed in {0} lines (files.trimTrailingWhitespace).',
        change.lines,
      );
    case 'formatting':
      return change.lines === 0
        ? t('Line ends were changed.')
        : t('{0} lines were changed (formatting or other actions on save).', change.lines);
  }
}
