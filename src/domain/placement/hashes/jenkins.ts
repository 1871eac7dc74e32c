/** Jenkins' lookup3 `hashlittle` of bytes with initial value 13, as memcached clients call "jenkins". */
const INITIAL = 13;

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

export function jenkins(bytes: Uint8Array, length: number): number {
  let a = (0xdeadbeef + length + INITIAL) | 0;
  let b = a;
  let c = a;
  if (length === 0) return c >>> 0;
  let at = 0;
  for (; length - at > 12; at += 12) {
    a = (a + word(bytes, at, length)) | 0;
    b = (b + word(bytes, at + 4, length)) | 0;
    c = (c + word(bytes, at + 8, length)) | 0;
    a = ((a - c) ^ rotate(c, 4)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ rotate(a, 6)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ rotate(b, 8)) | 0;
    b = (b + a) | 0;
    a = ((a - c) ^ rotate(c, 16)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ rotate(a, 19)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ rotate(b, 4)) | 0;
    b = (b + a) | 0;
  }
  a = (a + word(bytes, at, length)) | 0;
  b = (b + word(bytes, at + 4, length)) | 0;
  c = (c + word(bytes, at + 8, length)) | 0;
  c = ((c ^ b) - rotate(b, 14)) | 0;
  a = ((a ^ c) - rotate(c, 11)) | 0;
  b = ((b ^ a) - rotate(a, 25)) | 0;
  c = ((c ^ b) - rotate(b, 16)) | 0;
  a = ((a ^ c) - rotate(c, 4)) | 0;
  b = ((b ^ a) - rotate(a, 14)) | 0;
  return ((c ^ b) - rotate(b, 24)) >>> 0;
}

/** Four bytes as a little-endian word; bytes from `length` on count as 0. */
function word(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let i = 0; i < 4 && at + i < length; i++) value |= (bytes[at + i] ?? 0) << (8 * i);
  return value;
}
