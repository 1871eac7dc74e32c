import { textOf } from '../keyText';
import { encodeUtf8 } from '../../textCoding';
import { murmur3 } from './murmur';

const hashOf = (text: string): number => {
  const bytes = encodeUtf8(text);
  return murmur3(bytes, bytes.length, 0);
};

/**
 * Solr's compositeId hash: the upper bits of `part!rest` come from the hash of the first part, 16
 * unless `part/bits!` says otherwise; `a!b!rest` takes 8 bits of each of two parts (CompositeIdRouter).
 */
export function compositeIdHash(bytes: Uint8Array, length: number): number {
  const id = textOf(bytes.subarray(0, length));
  if (!id.includes('!')) return murmur3(bytes, length, 0);
  const parts = partsOf(id);
  const pieces = id.endsWith('!') && parts.length < 3 ? parts.length + 1 : parts.length;
  const given = pieces === 3 ? [8, 8] : [16];
  const names = parts.map((part, i) => {
    if (i >= pieces - 1) return part;
    const slash = part.indexOf('/');
    if (slash <= 0) return part;
    given[i] = bitsOf(part.slice(slash + 1));
    return part.slice(0, slash);
  });
  // A part that says 32 bits or nonsense goes through Java's shifts by (32 - bits) mod 32.
  const first = maskOf(given[0] ?? 0);
  const second = given.length === 1 ? undefined : first ^ maskOf((given[0] ?? 0) + (given[1] ?? 0));
  const masks =
    second === undefined
      ? [first, given[0] === 32 ? 0 : -1 >>> (given[0] ?? 0)]
      : [first, second, (given[0] ?? 0) + (given[1] ?? 0) === 32 ? 0 : ~(first | second)];
  let hash = 0;
  for (let i = 0; i < pieces; i++) hash |= hashOf(names[i] ?? '') & (masks[i] ?? 0);
  return hash >>> 0;
}

const maskOf = (bits: number): number => (bits === 0 ? 0 : -1 << (32 - bits));

/** At most three parts; separators at the very end make none. */
function partsOf(id: string): string[] {
  const first = id.indexOf('!');
  const parts = [id.slice(0, first)];
  const last = id.length - 1;
  if (first >= last) return parts;
  const second = id.indexOf('!', first + 1);
  if (second < 0) parts.push(id.slice(first + 1));
  else if (second === last) {
    if (first < second - 1) parts.push(id.slice(first + 1, second));
  } else parts.push(id.slice(first + 1, second), id.slice(second + 1));
  return parts;
}

/** A number from 0 to 32, or -1 for anything else. */
function bitsOf(digits: string): number {
  if (!/^\d*$/.test(digits)) return -1;
  const bits = Number(digits);
  return bits > 32 ? -1 : bits;
}
