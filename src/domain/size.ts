import { BYTES, parseQuantity } from './quantity';

/** A quota is often copied from a znode, where it is a bare number of bytes. */
const QUOTA = { ...BYTES, bare: 'B' };

/** `1000`, `10 kB`, `1.5 MB` or `2 GiB` in bytes, to a whole one. */
export function parseSize(text: string): number | undefined {
  const bytes = parseQuantity(text, QUOTA);
  const fits = bytes !== undefined && bytes >= 0 && bytes <= Number.MAX_SAFE_INTEGER;
  return fits ? Math.round(bytes) : undefined;
}
