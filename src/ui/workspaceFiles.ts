import { constants } from 'node:fs';
import { access, lstat, realpath } from 'node:fs/promises';
import { dirname, relative, isAbsolute, sep } from 'node:path';

/** What is at a path below a folder of the workspace, links followed. */
export type FilePlace =
  /** Nothing yet; the folders on the way can be made. */
  | 'free'
  | 'file'
  | 'folder'
  /** A link on the way leads out of the folder. */
  | 'outside'
  /** The file, or the folder that it would be made in, can't be written. */
  | 'readOnly';

/**
 * Looks at where a file would be written. `path` must be below `folder` by its names; this tells
 * whether it is with all links followed too.
 */
export async function filePlace(folder: string, path: string): Promise<FilePlace> {
  const existing = await nearestExisting(path);
  const [root, real] = await Promise.all([
    realpath(folder),
    // A link that leads nowhere: what is written through it would be made wherever that is.
    realpath(existing).catch(() => undefined),
  ]);
  if (real === undefined || !isBelow(root, real)) return 'outside';
  const isWritable = await access(real, constants.W_OK).then(
    () => true,
    () => false,
  );
  const isFolder = (await lstat(real)).isDirectory();
  if (existing === path && isFolder) return 'folder';
  if (!isWritable || (existing !== path && !isFolder)) return 'readOnly';
  return existing === path ? 'file' : 'free';
}

async function nearestExisting(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) {
    const exists = await lstat(at).then(
      () => true,
      () => false,
    );
    if (exists || dirname(at) === at) return at;
  }
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
