import { decodeUtf8, encodeUtf8 } from '../textCoding';
import { joinBytes } from './bytes';

/** How a base64 text is written; RFC 4648 leaves all of this to the writer. */
export interface Base64Layout {
  readonly isUrlSafe: boolean;
  readonly isPadded: boolean;
  /** Characters in a line; 0 for a single line. */
  readonly width: number;
  readonly lineEnd: '\n' | '\r\n';
  readonly endsWithLineEnd: boolean;
}

export const PLAIN_BASE64: Base64Layout = {
  ...{ isUrlSafe: false, isPadded: true, width: 0 },
  ...{ lineEnd: '\n', endsWithLineEnd: false },
};

const PADDING = 0x3d;
const COMMON = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The bytes in a base64 text with either alphabet, in lines or not; undefined when it is none. */
export function decodeBase64(data: Uint8Array): Uint8Array | undefined {
  const text = decodeUtf8(data)?.replace(/[\r\n]+/g, '');
  const digits = text?.replace(/={1,2}$/, '');
  if (text === undefined || digits === undefined) return undefined;
  if (!/^(?:[A-Za-z0-9+/]*|[A-Za-z0-9_-]*)$/.test(digits) || digits.length % 4 === 1) {
    return undefined;
  }
  if (text !== digits && text.length % 4 !== 0) return undefined;
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let buffer = 0;
  let at = 0;
  for (let i = 0; i < digits.length; i++) {
    buffer = ((buffer << 6) | valueOf(digits.charCodeAt(i))) & 0xffffff;
    const bits = ((i % 4) + 1) * 6;
    if (i % 4 > 0) bytes[at++] = (buffer >> (bits % 8)) & 0xff;
  }
  return bytes;
}

export function encodeBase64(bytes: Uint8Array, layout: Base64Layout): Uint8Array {
  const alphabet = encodeUtf8(`${COMMON}${layout.isUrlSafe ? '-_' : '+/'}`);
  const digits = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  let count = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const rest = bytes.length - i;
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k < 4; k++) {
      if (k <= rest) digits[count++] = alphabet[(group >> (18 - 6 * k)) & 63] ?? 0;
      else if (layout.isPadded) digits[count++] = PADDING;
    }
  }
  const text = digits.subarray(0, count);
  const lineEnd = encodeUtf8(layout.lineEnd);
  const parts: Uint8Array[] = [];
  const width = layout.width || Math.max(1, count);
  for (let start = 0; start < count; start += width) {
    if (start > 0) parts.push(lineEnd);
    parts.push(text.subarray(start, start + width));
  }
  if (layout.endsWithLineEnd) parts.push(lineEnd);
  return joinBytes(parts);
}

/** How the text is written, as far as it is regular: encode again to learn whether it is. */
export function layoutOfBase64(data: Uint8Array): Base64Layout {
  const text = decodeUtf8(data) ?? '';
  const [first = '', ...others] = text.split(/\r?\n/);
  const digits = text.replace(/[=\r\n]+/g, '').length;
  return {
    isUrlSafe: /[-_]/.test(text),
    isPadded: text.includes('=') || digits % 4 === 0,
    width: others.some((line) => line !== '') ? first.length : 0,
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
    endsWithLineEnd: text.endsWith('\n'),
  };
}

function valueOf(code: number): number {
  if (code >= 0x61) return code - 0x61 + 26;
  if (code === 0x5f) return 63;
  if (code >= 0x41) return code - 0x41;
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 52;
  return code === 0x2b || code === 0x2d ? 62 : 63;
}
