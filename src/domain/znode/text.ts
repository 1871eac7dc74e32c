import { decodeUtf8 } from '../textCoding';

/** How the lines of a text end; `none` for a single line. */
export type LineEnding = 'none' | 'lf' | 'crlf' | 'cr' | 'mixed';

/** Bytes understood as text. Encoding `text` as UTF-8 gives the same bytes again. */
export interface DecodedText {
  /** Begins with U+FEFF when the bytes begin with a byte order mark. */
  readonly text: string;
  readonly lineEnding: LineEnding;
  readonly byteOrderMark: boolean;
}

/** A larger part of control characters than this makes it binary. */
const CONTROL_SHARE = 0.1;

/**
 * The text in the bytes, or undefined when they are binary: invalid UTF-8, any NUL, or more than a
 * tenth of the characters control characters other than tab, line feed, form feed, carriage return
 * and escape.
 */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  if (bytes.includes(0)) return undefined;
  const text = decodeUtf8(bytes);
  if (text === undefined || countControls(text) > text.length * CONTROL_SHARE) return undefined;
  return { text, lineEnding: lineEndingOf(text), byteOrderMark: text.startsWith('\ufeff') };
}

/** Whether the bytes begin like a gzip member (RFC 1952 §2.3.1: magic 1f 8b, method 8 deflate). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/**
 * The first bytes, at most `limit`, without the beginning of a UTF-8 sequence that the limit cuts.
 * A view of the same memory. Bytes that are no UTF-8 lose at most their last three.
 */
export function cutUtf8(bytes: Uint8Array, limit: number): Uint8Array {
  if (bytes.length <= limit) return bytes;
  for (let start = limit - 1; start >= Math.max(0, limit - 3); start--) {
    const byte = bytes[start] ?? 0;
    if (isContinuation(byte)) continue;
    return bytes.subarray(0, start + sequenceLength(byte) > limit ? start : limit);
  }
  return bytes.subarray(0, limit);
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** Bytes in the UTF-8 sequence that a first byte announces (RFC 3629 §3). */
function sequenceLength(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function countControls(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if (isControl(text.charCodeAt(i))) count++;
  return count;
}

function isControl(unit: number): boolean {
  if (unit >= 0x20) return unit >= 0x7f && unit <= 0x9f;
  return unit !== 0x09 && unit !== 0x0a && unit !== 0x0c && unit !== 0x0d && unit !== 0x1b;
}

function lineEndingOf(text: string): LineEnding {
  const found = new Set<LineEnding>();
  for (let i = 0; i < text.length && found.size < 2; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x0a) found.add('lf');
    else if (unit === 0x0d && text.charCodeAt(i + 1) === 0x0a) {
      found.add('crlf');
      i++;
    } else if (unit === 0x0d) found.add('cr');
  }
  const [ending = 'none', ...others] = found;
  return others.length === 0 ? ending : 'mixed';
}
