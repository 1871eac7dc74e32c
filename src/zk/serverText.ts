/** Helpers to read a server's text; all are linear in its length and throw nothing. */

export type ServerMode = 'leader' | 'follower' | 'observer' | 'standalone' | 'read-only';

const MODES: readonly string[] = ['leader', 'follower', 'observer', 'standalone', 'read-only'];

/** The beginning of a server's text on one line, fit for a message. */
export function excerpt(text: string): string {
  const start = text.slice(0, 200).replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ');
  return start.trim();
}

/** The lines that aren't empty. */
export function* linesOf(text: string): Generator<string, undefined> {
  for (const [line] of text.matchAll(/[^\r\n]+/g)) yield line;
}

/** `key<separator>value` of each line that has the separator, trimmed; of two the later one. */
export function pairsOf(lines: Iterable<string>, separator: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const line of lines) {
    const at = line.indexOf(separator);
    if (at < 0) continue;
    pairs.set(line.slice(0, at).trim(), line.slice(at + separator.length).trim());
  }
  return pairs;
}

/** A decimal number as Java prints it, or undefined. */
export function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^-?\d{1,20}(\.\d{1,20})?(E-?\d{1,3})?$/.test(text)) return undefined;
  return Number(text);
}

/** A Java long in hexadecimal digits, with `0x` or without. */
export function hexOf(text: string | undefined): bigint | undefined {
  const digits = /^(?:0x)?([0-9a-f]{1,16})$/i.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : BigInt.asIntN(64, BigInt(`0x${digits}`));
}

/** `3.8.4` of `3.8.4-9316c2a7, built on 2024-02-12 22:16 UTC` */
export function versionOf(text: string | undefined): string | undefined {
  return /^v?(\d{1,5}(?:\.\d{1,5}){1,3})/.exec(text ?? '')?.[1];
}

export function modeOf(text: string | undefined): ServerMode | undefined {
  return MODES.includes(text ?? '') ? (text as ServerMode) : undefined;
}
