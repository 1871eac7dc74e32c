/**
 * Strings of the jute protocol. Java's `BinaryOutputArchive` writes each UTF-16 unit by itself
 * (CESU-8: a character outside the basic plane is two 3-byte surrogates), `BinaryInputArchive` reads
 * real UTF-8. So: write UTF-8, read both. Measured with an ACL id `😀` on 3.8.0; paths can't contain
 * such characters at all.
 */

/** From this length on a native call is cheaper than a loop. */
const SHORT = 48;
const REPLACEMENT = '\ufffd';

/** Decodes UTF-8 or CESU-8 between `start` and `end`. */
export function decodeString(buffer: Buffer, start: number, end: number): string {
  if (end - start <= SHORT) {
    let at = start;
    while (at < end && (buffer[at] ?? 0) < 0x80) at++;
    if (at === end) return buffer.toString('latin1', start, end);
  }
  const text = buffer.toString('utf8', start, end);
  return text.includes(REPLACEMENT) ? decodeCesu8(buffer, start, end) : text;
}

/** Joins pairs of encoded surrogates; everything else is left to the UTF-8 decoder. */
function decodeCesu8(buffer: Buffer, start: number, end: number): string {
  const parts: string[] = [];
  let from = start;
  for (let at = start; at + 6 <= end;) {
    const high = surrogateAt(buffer, at, 0xa0);
    const low = high === undefined ? undefined : surrogateAt(buffer, at + 3, 0xb0);
    if (high === undefined || low === undefined) {
      at++;
      continue;
    }
    parts.push(buffer.toString('utf8', from, at), String.fromCharCode(high, low));
    at += 6;
    from = at;
  }
  parts.push(buffer.toString('utf8', from, end));
  return parts.join('');
}

/** The surrogate in the three bytes at `at`, when their second byte is in the 16 values from `second`. */
function surrogateAt(buffer: Buffer, at: number, second: number): number | undefined {
  const [a = 0, b = 0, c = 0] = [buffer[at], buffer[at + 1], buffer[at + 2]];
  if (a !== 0xed || (b & 0xf0) !== second || (c & 0xc0) !== 0x80) return undefined;
  return 0xd000 | ((b & 0x3f) << 6) | (c & 0x3f);
}
