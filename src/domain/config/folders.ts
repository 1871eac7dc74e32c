/** Whether two paths of a `zoo.cfg` are one, by their text: links are not followed. */
export const isSameFolder = (a: string, b: string): boolean => plain(a) === plain(b);

/** A path without what changes nothing in it: doubled and closing slashes, and `.`. */
const plain = (path: string): string =>
  path
    .split(/[\\/]/)
    .filter((part, at) => (part !== '' || at === 0) && part !== '.')
    .join('/');
