import { decodeAs, encodeUtf8, encodingName } from '../textCoding';
import { decodeTable, encodeTable, tableOf, type Unmappable } from './charsetTables';

/** Labels that the Encoding Standard takes for windows-1252, but writers elsewhere don't. */
const OWN_LABELS: Readonly<Record<string, string>> = {
  latin1: 'iso-8859-1',
  'iso-8859-1': 'iso-8859-1',
  'iso8859-1': 'iso-8859-1',
  'iso_8859-1': 'iso-8859-1',
  ascii: 'us-ascii',
  'us-ascii': 'us-ascii',
};

/** One name for each encoding; undefined for what can't be decoded here. */
export function charsetOf(label: string): string | undefined {
  const name = label.trim().toLowerCase();
  return Object.hasOwn(OWN_LABELS, name) ? OWN_LABELS[name] : encodingName(name);
}

/** The text with its byte order mark, or undefined when the bytes are invalid in the encoding. */
export function decodeCharset(charset: string, bytes: Uint8Array): string | undefined {
  const own = tableOf(charset);
  return own ? decodeTable(own, bytes) : decodeAs(charset, bytes);
}

/** The bytes of a text; decoding them gives the same text again. A lone surrogate is unmappable. */
export function encodeCharset(charset: string, text: string): Uint8Array | Unmappable {
  const bytes = encode(charset, text);
  if (!(bytes instanceof Uint8Array) || decodeCharset(charset, bytes) === text) return bytes;
  return { kind: 'unmappable', character: /[\ud800-\udfff]/.exec(text)?.[0] ?? '' };
}

function encode(charset: string, text: string): Uint8Array | Unmappable {
  switch (charset) {
    case 'utf-8':
      return encodeUtf8(text);
    case 'utf-16le':
    case 'utf-16be':
      return encodeUtf16(text, charset === 'utf-16le');
    default:
      return encodeTable(charset, text);
  }
}

function encodeUtf16(text: string, isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), isLittleEndian);
  return bytes;
}
