/**
 * Fowler–Noll–Vo hashes. C programs on x86 read keys as signed `char`, so bytes from 0x80 up enter as
 * negative numbers (`…Signed`); Java clients hash UTF-16 units, which `units` in java.ts does.
 */
const OFFSET_32 = 0x811c9dc5;
const PRIME_32 = 0x01000193;
/** Lower halves of the 64-bit constants: only the lower 32 bits of the result are used. */
const OFFSET_64_LOW = 0x84222325;
const PRIME_64_LOW = 0x1b3;

const signed = (byte: number | undefined): number => ((byte ?? 0) << 24) >> 24;

function fnv1(offset: number, prime: number) {
  return (bytes: Uint8Array, length: number): number => {
    let hash = offset;
    for (let i = 0; i < length; i++) hash = Math.imul(hash, prime) ^ signed(bytes[i]);
    return hash >>> 0;
  };
}

function fnv1a(offset: number, prime: number) {
  return (bytes: Uint8Array, length: number): number => {
    let hash = offset;
    for (let i = 0; i < length; i++) hash = Math.imul(hash ^ signed(bytes[i]), prime);
    return hash >>> 0;
  };
}

export const fnv1Signed32 = fnv1(OFFSET_32, PRIME_32);
export const fnv1aSigned32 = fnv1a(OFFSET_32, PRIME_32);
/** The lower 32 bits of FNV-1 64; multiplication never carries downwards. */
export const fnv1Signed64 = fnv1(OFFSET_64_LOW, PRIME_64_LOW);
/** What twemproxy and libmemcached call fnv1a_64: FNV-1a in 32 bits with 64-bit constants cut off. */
export const fnv1aSigned64 = fnv1a(OFFSET_64_LOW, PRIME_64_LOW);

/** FNV-1a 32 of unsigned bytes. */
export function fnv1a32(bytes: Uint8Array, length: number): number {
  let hash = OFFSET_32;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), PRIME_32);
  return hash >>> 0;
}

/** FNV-1 (`first` multiply) or FNV-1a of UTF-16 units, all constants cut to 32 bits or not. */
export function fnvUnits(text: string, variant: '1' | '1a', bits: 32 | 64): number {
  let hash = bits === 32 ? OFFSET_32 : OFFSET_64_LOW;
  const prime = bits === 32 ? PRIME_32 : PRIME_64_LOW;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = variant === '1' ? Math.imul(hash, prime) ^ unit : Math.imul(hash ^ unit, prime);
  }
  return hash >>> 0;
}
