/** Longer than any key: memcached allows 250 bytes, Kafka 1 MiB for a whole message by default. */
export const MAX_LINE_BYTES = 1 << 20;

const LF = 0x0a;
const CR = 0x0d;
const NOTHING = Buffer.alloc(0);
/** Lines up to this length are copied into one place, which is faster than a view for each. */
const MAX_COPIED_BYTES = 256;

/**
 * Calls `onLine` with the bytes of every line and its number from 1, without LF or CRLF, and waits
 * for `afterChunk` now and then. The bytes are valid during the call only. What follows the last LF
 * is a line unless it is empty. Fails on a line longer than `MAX_LINE_BYTES`.
 */
export async function readLines(
  source: AsyncIterable<Buffer>,
  onLine: (line: Uint8Array, number: number) => void,
  afterChunk: () => Promise<void>,
): Promise<void> {
  const viewOf = viewer();
  let rest: Buffer = NOTHING;
  let number = 0;
  const take = (bytes: Buffer, start: number, end: number): void => {
    number++;
    if (end - start > MAX_LINE_BYTES) throw tooLong(number);
    const last = end > start && bytes[end - 1] === CR ? end - 1 : end;
    onLine(viewOf(bytes, start, last), number);
  };
  for await (const chunk of source) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let end = 0; end < bytes.length; end++) {
      if (bytes[end] !== LF) continue;
      take(bytes, start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > MAX_LINE_BYTES) throw tooLong(number + 1);
    await afterChunk();
  }
  if (rest.length > 0) take(rest, 0, rest.length);
  await afterChunk();
}

/** Makes views of parts of buffers; a short one is valid until the next. */
function viewer(): (bytes: Buffer, start: number, end: number) => Uint8Array {
  const copy = new Uint8Array(MAX_COPIED_BYTES);
  const prefixes = Array.from({ length: MAX_COPIED_BYTES + 1 }, (_, i) => copy.subarray(0, i));
  return (bytes, start, end) => {
    const prefix = prefixes[end - start];
    if (prefix === undefined) return bytes.subarray(start, end);
    for (let i = start; i < end; i++) copy[i - start] = bytes[i] ?? 0;
    return prefix;
  };
}

function tooLong(number: number): Error {
  return new Error(`line ${number} of the keys is longer than ${MAX_LINE_BYTES} bytes`);
}
