import { decodeUtf8 } from '../textCoding';

const MAX_BYTES = 32 << 20;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** What a picture has no use for: it would run, or load something, where it is opened. */
const ACTIVE =
  /<\s*(?:script|foreignObject|iframe|image|a)\b|\son\w+\s*=|javascript:|<!(?:DOCTYPE|ENTITY)/i;

/** The bytes of a picture that a page sent, when they are one of this kind that only shows itself. */
export function checkImage(format: 'svg' | 'png', bytes: unknown): Uint8Array | undefined {
  if (!(bytes instanceof Uint8Array) || bytes.length > MAX_BYTES) return undefined;
  if (format === 'png') return PNG.every((byte, i) => bytes[i] === byte) ? bytes : undefined;
  const text = decodeUtf8(bytes);
  if (text === undefined || !/^(?:<\?xml[^>]*\?>\s*)?<svg[\s>]/.test(text)) return undefined;
  // Texts in it are escaped, so that nothing of theirs can look like this.
  return ACTIVE.test(text.replace(/>[^<]*</g, '><')) ? undefined : bytes;
}
