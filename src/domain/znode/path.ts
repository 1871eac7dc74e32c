/** An absolute znode path: `/` or `/a/b`, never with a trailing slash. */
export type ZPath = string & { readonly __brand: 'ZPath' };

export const ROOT = '/' as ZPath;

/** Where servers keep what is their own, quotas and the configuration; only without a chroot. */
export const SYSTEM = '/zookeeper' as ZPath;

/** Why a text is no znode path. Rules of ZooKeeper's `PathUtils.validatePath`. */
export type PathProblem =
  | { kind: 'notAbsolute' }
  | { kind: 'trailingSlash' }
  | { kind: 'emptySegment'; index: number }
  | { kind: 'relativeSegment'; index: number }
  | { kind: 'character'; index: number; code: number };

/** The first rule that `text` breaks, or undefined when it is a znode path. */
export function problemOfPath(text: string): PathProblem | undefined {
  if (!text.startsWith('/')) return { kind: 'notAbsolute' };
  if (text === '/') return undefined;
  if (text.endsWith('/')) return { kind: 'trailingSlash' };
  let index = 1;
  for (const segment of text.slice(1).split('/')) {
    if (segment === '') return { kind: 'emptySegment', index };
    if (segment === '.' || segment === '..') return { kind: 'relativeSegment', index };
    index += segment.length + 1;
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isRefused(code)) return { kind: 'character', index: i, code };
  }
  return undefined;
}

/** The UTF-16 units that a server refuses in a path: controls, surrogates, private use, specials. */
function isRefused(code: number): boolean {
  return (
    code <= 0x1f ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0xd800 && code <= 0xf8ff) ||
    (code >= 0xfff0 && code <= 0xffff)
  );
}

/** `text` as a znode path, or undefined when it is none. */
export function parsePath(text: string): ZPath | undefined {
  return problemOfPath(text) === undefined ? (text as ZPath) : undefined;
}

/** The path of the child `name` below `parent`. The name is one segment, as the server lists it. */
export function childPath(parent: ZPath, name: string): ZPath {
  return (parent === ROOT ? `/${name}` : `${parent}/${name}`) as ZPath;
}

/** The parent of a path; undefined for the root. */
export function parentPath(path: ZPath): ZPath | undefined {
  if (path === ROOT) return undefined;
  return (path.slice(0, path.lastIndexOf('/')) || '/') as ZPath;
}

/** The last segment; `/` for the root. */
export function baseName(path: ZPath): string {
  return path === ROOT ? '/' : path.slice(path.lastIndexOf('/') + 1);
}

/** The ancestors of a path from the root downwards, the path itself last. */
export function lineage(path: ZPath): ZPath[] {
  const line: ZPath[] = [];
  for (let at: ZPath | undefined = path; at !== undefined; at = parentPath(at)) line.unshift(at);
  return line;
}

/** Whether `path` is `ancestor` or lies below it. */
export function isWithin(path: ZPath, ancestor: ZPath): boolean {
  return path === ancestor || ancestor === ROOT || path.startsWith(`${ancestor}/`);
}
