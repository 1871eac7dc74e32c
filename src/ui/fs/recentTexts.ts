import { saveChanges, type SaveChange } from '../../domain/znode/saveChanges';

/** Which changes of its own an editor is set to make when it saves. */
export type OnSave = Readonly<Record<SaveChange['kind'], boolean>>;

/** No more actions than these run on a save. */
const KEPT = 5;

/**
 * The last texts of a document. VS Code announces a save before or after it has changed the text on
 * its own, as it happens to start; so the text that the user saved is looked for: changes at the end
 * that are of the kind of its actions, and that it is set to make, are taken to be its own.
 */
export class RecentTexts {
  private readonly texts: string[] = [];

  constructor(text: string) {
    this.texts.push(text);
  }

  onChange(text: string): void {
    if (text === this.texts.at(-1)) return;
    this.texts.push(text);
    if (this.texts.length > KEPT) this.texts.shift();
  }

  /** The text before the changes that saving has made. */
  asTyped(onSave: OnSave): string {
    let index = this.texts.length - 1;
    const isAutomatic = (before: string, after: string): boolean =>
      saveChanges(before, after).every(
        ({ kind }) => onSave[kind] && (kind !== 'formatting' || isSameButSpaces(before, after)),
      );
    while (index > 0 && isAutomatic(this.texts[index - 1] ?? '', this.texts[index] ?? '')) index--;
    return this.texts[index] ?? '';
  }
}

function isSameButSpaces(a: string, b: string): boolean {
  return a.replace(/\s+/g, '') === b.replace(/\s+/g, '');
}
