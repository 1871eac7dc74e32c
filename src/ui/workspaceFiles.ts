import { constants } from 'node:fs';
import { access, lstat, realpath, stat } from 'node:fs/promises';
import { leavesFolder, type RealPath, realPathWith } from '../domain/config/inside';

/** What is at a path below a folder of the workspace, links followed. */
export type FilePlace =
  /** Nothing yet; the folders on the way can be made. */
  | 'free'
  | 'file'
  | 'folder'
  /** A link on the way leads out of the folder. */
  | 'outside'
  /** The file or folder, or the folder that it would be made in, can't be written. */
  | 'readOnly';

/** Looks at where a file would be written; `path` is relative to the folder, with `/`. */
export async function filePlace(folder: string, path: string): Promise<FilePlace> {
  if (await leavesFolder(folder, path, realPathOf)) return 'outside';
  const parts = path.split('/');
  let count = parts.length;
  let existing: RealPath;
  do existing = await realPathOf([folder, ...parts.slice(0, count--)].join('/'));
  while (existing === undefined && count >= 0);
  if (typeof existing !== 'string') return 'readOnly';
  const isWhole = count === parts.length - 1;
  const isFolder = (await stat(existing)).isDirectory();
  const isWritable = (isWhole || isFolder) && (await canWrite(existing));
  if (!isWritable) return 'readOnly';
  if (!isWhole) return 'free';
  return isFolder ? 'folder' : 'file';
}

function canWrite(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** Where a path of this machine leads. */
export const realPathOf = realPathWith({ realpath, lstat });
