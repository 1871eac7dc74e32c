import { decodeValue, type Coding, type Decoded } from '../../domain/values/decode';
import type { DecodeRule } from '../../domain/values/rules';
import { cutUtf8 } from '../../domain/znode/text';
import { hexListing } from '../../domain/znode/hex';
import { zlibCodecs } from '../zlibCodecs';

/** What the editor shows of a znode's data, and in which way it differs from the data itself. */
export interface Shown extends Pick<Decoded, 'language' | 'problem'> {
  readonly bytes: Uint8Array;
  readonly form: 'text' | 'hex';
  /** Bytes of the decoded data that `bytes` shows. */
  readonly shownBytes: number;
  /** Bytes of the decoded data. */
  readonly totalBytes: number;
  /** How the shown text becomes data again: what `encodeValue` needs besides the data. */
  readonly coding: Coding;
  /** Why it must not be edited; undefined when it may. */
  readonly readOnly?: Decoded['readOnly'] | 'partial';
}

/** Text decoded, anything else as a hex listing; the first `limit` bytes of it. */
export function showData(
  path: string,
  data: Uint8Array,
  limit: number,
  rules: readonly DecodeRule[],
): Shown {
  const { form, bytes: whole, ...decoded } = decodeValue(path, data, rules, zlibCodecs);
  const totalBytes = whole.length;
  if (form === 'binary') {
    const part = whole.subarray(0, limit);
    const bytes = new TextEncoder().encode(hexListing(part));
    return { ...decoded, bytes, form: 'hex', shownBytes: part.length, totalBytes };
  }
  const bytes = whole.length > limit ? cutUtf8(whole, limit) : whole;
  const partial = bytes.length < totalBytes ? ({ readOnly: 'partial' } as const) : {};
  return { ...decoded, ...partial, bytes, form: 'text', shownBytes: bytes.length, totalBytes };
}
