/** Longer than any key: memcached allows 250 bytes, Kafka 1 MiB for a whole message by default. */
export const MAX_LINE_BYTES = 1 << 20;

const LF = 0x0a;
const CR = 0x0d;
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
  /** The beginning of a line whose end has not come. */
  let pieces: Buffer[] = [];
  let pending = 0;
  let number = 0;
  const take = (bytes: Buffer, start: number, end: number): void => {
    number++;
    if (end - start > MAX_LINE_BYTES) throw tooLong(number);
    const last = end > start && bytes[end - 1] === CR ? end - 1 : end;
    onLine(viewOf(bytes, start, last), number);
  };
  const takePending = (): void => {
    const bytes = Buffer.concat(pieces);
    pieces = [];
    pending = 0;
    take(bytes, 0, bytes.length);
  };
  for await (const chunk of source) {
    let start = 0;
    for (let end = 0; end < chunk.length; end++) {
      if (chunk[end] !== LF) continue;
      if (pending > 0) {
        pieces.push(chunk.subarray(0, end));
        takePending();
      } else take(chunk, start, end);
      start = end + 1;
    }
    if (start < chunk.length) {
      pieces.push(chunk.subarray(start));
      pending += chunk.length - start;
      if (pending > MAX_LINE_BYTES) throw tooLong(number + 1);
    }
    await afterChunk();
  }
  if (pending > 0) takePending();
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
