const OPEN = 0x7b;
const CLOSE = 0x7d;

/**
 * What lies between the first `{` and the first `}` after it, else the whole key. Redis Cluster hashes
 * the whole key when nothing lies between; Codis then hashes nothing (`empty`).
 */
export function hashTag(key: Uint8Array, empty: 'wholeKey' | 'nothing'): Uint8Array {
  const start = key.indexOf(OPEN);
  const end = start < 0 ? -1 : key.indexOf(CLOSE, start + 1);
  if (end < 0 || (end === start + 1 && empty === 'wholeKey')) return key;
  return key.subarray(start + 1, end);
}
