import { cutUtf8, decodeText } from '../../domain/znode/text';
import { hexListing } from '../../domain/znode/hex';

/** More than this is shown only in part until the user asks for all of it. */
export const PREVIEW_BYTES = 256 * 1024;

/** What the editor shows of a znode's data, and in which way it differs from the data itself. */
export interface Shown {
  readonly bytes: Uint8Array;
  readonly form: 'text' | 'hex';
  /** Bytes of data that `bytes` shows. */
  readonly shownBytes: number;
  readonly totalBytes: number;
}

/** Text as it is, anything else as a hex listing; the first `limit` bytes of it. */
export function showData(data: Uint8Array, limit: number): Shown {
  const part = data.length > limit ? cutUtf8(data, limit) : data;
  const totalBytes = data.length;
  if (decodeText(part) !== undefined) {
    return { bytes: part, form: 'text', shownBytes: part.length, totalBytes };
  }
  const binary = data.subarray(0, limit);
  const bytes = new TextEncoder().encode(hexListing(binary));
  return { bytes, form: 'hex', shownBytes: binary.length, totalBytes };
}
