import { decodeLeniently } from '../textCoding';

/** A text that an encoding can't express. */
export interface Unmappable {
  readonly kind: 'unmappable';
  /** The first character without a code. */
  readonly character: string;
}

/** Code points of bytes 0 to 255, as far as there are any. */
type SingleBytes = readonly number[];
/** Bytes of a code point, read as a big-endian number. */
type Codes = ReadonlyMap<number, number>;

const IDENTITY = Array.from({ length: 256 }, (_, byte) => byte);
/** Bytes 0x80 to 0x9f of windows-1252. Some versions of Node take them for controls. */
const WINDOWS_1252 = [
  ...[0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039],
  ...[0x152, 0x8d, 0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014],
  ...[0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178],
];
const OWN: ReadonlyMap<string, SingleBytes> = new Map([
  ['us-ascii', IDENTITY.slice(0, 128)],
  ['iso-8859-1', IDENTITY],
  ['windows-1252', [...IDENTITY.slice(0, 128), ...WINDOWS_1252, ...IDENTITY.slice(160)]],
]);
/** What follows the two-byte codes of GB 18030 (Encoding Standard, gb18030 ranges). */
const GB18030_BMP_POINTERS = 39_420;
const GB18030_ASTRAL_POINTER = 189_000;

const known = new Map<string, Codes>();

/** The table of an encoding that is decoded here rather than by the platform. */
export function tableOf(charset: string): SingleBytes | undefined {
  return OWN.get(charset);
}

export function decodeTable(table: SingleBytes, bytes: Uint8Array): string | undefined {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 4096) {
    const points: number[] = [];
    for (const byte of bytes.subarray(start, start + 4096)) {
      const point = table[byte];
      if (point === undefined) return undefined;
      points.push(point);
    }
    parts.push(String.fromCharCode(...points));
  }
  return parts.join('');
}

/**
 * Encodes with the inverse of the platform's own decoder, of which only the codes of one to four
 * bytes without state are asked; so ask whether decoding gives the text again.
 */
export function encodeTable(charset: string, text: string): Uint8Array | Unmappable {
  const codes = codesOf(charset);
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const code = codes.get(point) ?? astralCode(charset, point);
    if (code === undefined) return { kind: 'unmappable', character };
    for (
      let shift = code > 0xffffff ? 24 : code > 0xffff ? 16 : code > 0xff ? 8 : 0;
      ;
      shift -= 8
    ) {
      bytes.push((code >>> shift) & 0xff);
      if (shift === 0) break;
    }
  }
  return Uint8Array.from(bytes);
}

function codesOf(charset: string): Codes {
  const codes = known.get(charset) ?? invert(charset);
  known.set(charset, codes);
  return codes;
}

function invert(charset: string): Codes {
  const own = OWN.get(charset);
  if (own) return new Map(own.map((point, byte) => [point, byte]));
  const codes = new Map<number, number>([[0x0a, 0x0a]]);
  learn(charset, singles(), codes);
  learn(charset, pairs(), codes);
  if (charset === 'euc-jp') learn(charset, triples(), codes);
  if (charset === 'gb18030') learn(charset, quadruples(), codes);
  return codes;
}

/**
 * Decodes many codes at once with line feeds between them, which are part of no code. Where several
 * stand for one character the first is kept.
 */
function learn(charset: string, sequences: readonly number[][], codes: Map<number, number>): void {
  const lines = decodeLeniently(charset, Uint8Array.from(sequences.flatMap((one) => [...one, 10])));
  lines.split('\n').forEach((character, i) => {
    const point = character.codePointAt(0);
    if (point === undefined || point === 0xfffd) return;
    if (String.fromCodePoint(point) !== character || codes.has(point)) return;
    codes.set(
      point,
      (sequences[i] ?? []).reduce((code, byte) => code * 256 + byte, 0),
    );
  });
}

function singles(): number[][] {
  return IDENTITY.filter((byte) => byte !== 0x0a).map((byte) => [byte]);
}

function pairs(): number[][] {
  return range(0x81, 0xfe).flatMap((lead) => range(0x40, 0xfe).map((trail) => [lead, trail]));
}

function triples(): number[][] {
  const row = range(0xa1, 0xfe);
  return row.flatMap((lead) => row.map((trail) => [0x8f, lead, trail]));
}

function quadruples(): number[][] {
  return range(0, GB18030_BMP_POINTERS - 1).map(quadruple);
}

function quadruple(pointer: number): number[] {
  const digit = (value: number, base: number, from: number): number =>
    (Math.floor(value) % base) + from;
  return [
    digit(pointer / 12_600, 126, 0x81),
    digit(pointer / 1_260, 10, 0x30),
    digit(pointer / 10, 126, 0x81),
    digit(pointer, 10, 0x30),
  ];
}

function astralCode(charset: string, point: number): number | undefined {
  if (charset !== 'gb18030' || point < 0x10000) return undefined;
  const bytes = quadruple(GB18030_ASTRAL_POINTER + point - 0x10000);
  return bytes.reduce((code, byte) => code * 256 + byte, 0);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
