import { decodeAs } from '../textCoding';

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

const COMMON = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The bytes in a base64 text with either alphabet, in lines or not; undefined when it is none. */
export function decodeBase64(data: Uint8Array): Uint8Array | undefined {
  const text = decodeAs('utf-8', data)?.replace(/[\r\n]+/g, '');
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
  const alphabet = `${COMMON}${layout.isUrlSafe ? '-_' : '+/'}`;
  const digits: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const group = (a << 16) | (b << 8) | c;
    const count = Math.min(3, bytes.length - i) + 1;
    for (let k = 0; k < 4; k++) {
      if (k < count) digits.push(alphabet.charAt((group >> (18 - 6 * k)) & 63));
      else if (layout.isPadded) digits.push('=');
    }
  }
  const lines: string[] = [];
  const width = layout.width || Math.max(1, digits.length);
  for (let i = 0; i < digits.length; i += width) lines.push(digits.slice(i, i + width).join(''));
  const text = lines.join(layout.lineEnd) + (layout.endsWithLineEnd ? layout.lineEnd : '');
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** How the text is written, as far as it is regular: encode again to learn whether it is. */
export function layoutOfBase64(data: Uint8Array): Base64Layout {
  const text = decodeAs('utf-8', data) ?? '';
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
