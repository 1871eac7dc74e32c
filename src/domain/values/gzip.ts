import { joinBytes } from './bytes';

/** Flags of a gzip header (RFC 1952 §2.3.1). */
const HEADER_CHECK = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;

const FIXED_LENGTH = 10;

/**
 * The packed data under the header of the value that it replaces, so that its name, time and comment
 * stay. `packed` must have a header of 10 bytes; without one to keep it is returned as it is.
 */
export function keepGzipHeader(packed: Uint8Array, original: Uint8Array | undefined): Uint8Array {
  const header = original && headerOf(original);
  return header ? joinBytes([header, packed.subarray(FIXED_LENGTH)]) : packed;
}

/** The header without the check sum over itself; undefined when it isn't complete. */
function headerOf(data: Uint8Array): Uint8Array | undefined {
  const flags = data[3] ?? 0;
  let end = FIXED_LENGTH;
  if (flags & EXTRA) end += 2 + (data[end] ?? 0) + (data[end + 1] ?? 0) * 256;
  for (const flag of [NAME, COMMENT]) {
    if (!(flags & flag)) continue;
    const zero = data.indexOf(0, end);
    if (zero < 0) return undefined;
    end = zero + 1;
  }
  if (end > data.length) return undefined;
  const header = data.slice(0, end);
  header[3] = flags & ~HEADER_CHECK;
  return header;
}
