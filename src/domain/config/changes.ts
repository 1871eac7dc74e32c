import type { ConfigFile } from './file';
import { merge } from './merge';

/** What writing a file does to what is there. */
export type FileChange =
  | { readonly kind: 'new' | 'changed'; readonly path: string; readonly text: string }
  | { readonly kind: 'unchanged'; readonly path: string }
  /** The file that is there has no marks of ours: it stays as it is. */
  | { readonly kind: 'foreign'; readonly path: string };

/** `existing` holds the texts of the files that are there, by path. */
export function changesOf(
  files: readonly ConfigFile[],
  existing: ReadonlyMap<string, string>,
): FileChange[] {
  return files.map((file) => {
    const { path } = file;
    const now = existing.get(path);
    const text = merge(now, file);
    if (now === undefined) return { kind: 'new', path, text: file.text };
    if (text === undefined) return { kind: 'foreign', path };
    return text === now ? { kind: 'unchanged', path } : { kind: 'changed', path, text };
  });
}
