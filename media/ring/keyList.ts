import { decodeLeniently } from '../../src/domain/textCoding';
import { patternKeys } from '../../src/domain/ring/keyPattern';
import type { RingKeyList } from '../../src/protocol/ring';

/** Keys by number, as bytes: a million of them are never a million texts. */
export interface KeyBytes {
  readonly count: number;
  /** Valid until the next call. */
  bytesAt(index: number): Uint8Array;
}

const MAX_KEY_BYTES = 3 * 4096;
const LINE_FEED = 10;

export function keyBytesOf(keys: RingKeyList['keys']): KeyBytes {
  return 'pattern' in keys ? generated(keys.pattern) : lines(keys.lines);
}

export const textOf = (bytes: Uint8Array): string => decodeLeniently('utf-8', bytes);

function generated(pattern: string): KeyBytes {
  const { count, keyAt } = patternKeys(pattern);
  const encoder = new TextEncoder();
  const buffer = new Uint8Array(MAX_KEY_BYTES);
  return {
    count,
    bytesAt(index) {
      return buffer.subarray(0, encoder.encodeInto(keyAt(index), buffer).written);
    },
  };
}

function lines(text: Uint8Array): KeyBytes {
  const bounds: number[] = [0];
  for (let at = text.indexOf(LINE_FEED); at >= 0; at = text.indexOf(LINE_FEED, at + 1)) {
    bounds.push(at + 1);
  }
  if (bounds.at(-1) !== text.length) bounds.push(text.length + 1);
  return {
    count: bounds.length - 1,
    bytesAt: (index) => text.subarray(bounds[index] ?? 0, (bounds[index + 1] ?? 1) - 1),
  };
}
