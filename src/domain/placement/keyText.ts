import { decodeUtf8, encodeUtf8 } from '../textCoding';
import type { Problem } from './types';

/** How the text of a key becomes the bytes that are hashed. */
export type KeyEncoding = 'utf8' | 'utf16le' | 'hex' | 'base64';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of a key, or why the text is not in that encoding. Blanks in hex and base64 are skipped. */
export function keyBytes(text: string, encoding: KeyEncoding = 'utf8'): Uint8Array | Problem[] {
  switch (encoding) {
    case 'utf8':
      return encodeUtf8(text);
    case 'utf16le':
      return Uint8Array.from({ length: text.length * 2 }, (_, i) =>
        i % 2 === 0 ? text.charCodeAt(i / 2) & 0xff : text.charCodeAt((i - 1) / 2) >>> 8,
      );
    case 'hex':
      return hexBytes(text.replace(/\s+/g, ''));
    case 'base64':
      return base64Bytes(text.replace(/\s+/g, ''));
  }
}

function hexBytes(hex: string): Uint8Array | Problem[] {
  if (!/^(?:[0-9a-f]{2})*$/i.test(hex)) {
    return bad('key.hex', 'Not hexadecimal: write two digits 0-9 or a-f for each byte.');
  }
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}

function base64Bytes(text: string): Uint8Array | Problem[] {
  const digits = text
    .replace(/={1,2}$/, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  if (!/^[A-Za-z0-9+/]*$/.test(digits) || digits.length % 4 === 1) {
    return bad('key.base64', 'Not base64: use A-Z, a-z, 0-9, + and /, with = only at the end.');
  }
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (const digit of digits) {
    buffer = ((buffer << 6) | BASE64.indexOf(digit)) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (buffer >> bits) & 0xff;
    }
  }
  return bytes;
}

const bad = (code: string, message: string): Problem[] => [{ code, message, where: 'key' }];

/** The text that a Java program sees in these bytes; bytes that are no UTF-8 count as Latin-1. */
export function textOf(bytes: Uint8Array): string {
  return decodeUtf8(bytes) ?? Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
