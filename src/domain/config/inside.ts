/** Where a path really leads, without links: false for a link to nothing, undefined for no path. */
export type RealPath = string | false | undefined;

/** Finds it with the functions of a file system that fail for what is not there. */
export const realPathWith =
  (fs: {
    realpath(path: string): Promise<string>;
    lstat(path: string): Promise<unknown>;
  }): ((path: string) => Promise<RealPath>) =>
  (path) =>
    fs.realpath(path).catch(() =>
      fs.lstat(path).then(
        (): false => false,
        () => undefined,
      ),
    );

/**
 * A folder below another one, with `/`, as it was typed: `''` for the folder itself, undefined for
 * one that is absolute or leads out.
 */
export function relativeFolder(text: string): string | undefined {
  if (/^[/\\~]|^[a-z]:/i.test(text.trim()) || /[\u0000-\u001f\u007f]/.test(text)) return undefined; // eslint-disable-line no-control-regex
  const parts = text
    .trim()
    .split(/[/\\]+/)
    .filter((part) => part !== '' && part !== '.');
  return parts.includes('..') ? undefined : parts.join('/');
}

/**
 * Whether writing to `path` below `root` would by a symbolic link end outside of `root`. Looks at
 * the nearest part of the path that is there already, the file itself included.
 */
export async function leavesFolder(
  root: string,
  path: string,
  realPath: (path: string) => Promise<RealPath>,
): Promise<boolean> {
  const rootPath = await realPath(root);
  const real = slashes(typeof rootPath === 'string' ? rootPath : root);
  const parts = path.split('/').filter((part) => part !== '');
  for (let count = parts.length; count > 0; count--) {
    const found = await realPath(`${root}/${parts.slice(0, count).join('/')}`);
    if (found === undefined) continue;
    return found === false || !slashes(found).startsWith(`${real.replace(/\/$/, '')}/`);
  }
  return false;
}

const slashes = (path: string): string => path.replace(/\\/g, '/');
