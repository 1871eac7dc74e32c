/**
 * MD5 (RFC 1321) of short byte strings, as rings use it: millions of keys of one block each. The rounds
 * are written out, because that is what makes it fast; each step adds last what the step before has just
 * made, so that a processor can work ahead. The tests compare it with an independent MD5.
 */
const BLOCK = 64;
/** Scratch memory of one call; nothing in it outlives the call. */
const words = new Int32Array(BLOCK / 4);
const state = new Int32Array(4);

/** The first four digest bytes as a little-endian number: what every ketama takes from MD5. */
export function md5Word(bytes: Uint8Array, length: number): number {
  digest(bytes, length);
  return (state[0] ?? 0) >>> 0;
}

/** The digest as four little-endian words: `out[x]` holds digest bytes 4x to 4x + 3. */
export function md5Words(bytes: Uint8Array, length: number, out: Uint32Array): void {
  digest(bytes, length);
  for (let i = 0; i < 4; i++) out[i] = state[i] ?? 0;
}

function digest(bytes: Uint8Array, length: number): void {
  state[0] = 0x67452301;
  state[1] = 0xefcdab89;
  state[2] = 0x98badcfe;
  state[3] = 0x10325476;
  let start = 0;
  for (; length - start >= BLOCK; start += BLOCK) {
    load(bytes, start, start + BLOCK);
    compress();
  }
  load(bytes, start, length);
  const tail = length - start;
  words[tail >> 2] = (words[tail >> 2] ?? 0) | (0x80 << ((tail & 3) << 3));
  if (tail >= BLOCK - 8) {
    compress();
    words.fill(0);
  }
  words[14] = length << 3;
  words[15] = length / 2 ** 29;
  compress();
}

/** Copies bytes `from` to `to`, at most one block, into `words` and clears the rest. */
function load(bytes: Uint8Array, from: number, to: number): void {
  let word = 0;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    words[word++] =
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24);
  }
  if (word === BLOCK / 4) return;
  let rest = 0;
  for (let shift = 0; at < to; at++, shift += 8) rest |= (bytes[at] ?? 0) << shift;
  words[word++] = rest;
  while (word < BLOCK / 4) words[word++] = 0;
}

function compress(): void {
  const m0 = words[0] ?? 0;
  const m1 = words[1] ?? 0;
  const m2 = words[2] ?? 0;
  const m3 = words[3] ?? 0;
  const m4 = words[4] ?? 0;
  const m5 = words[5] ?? 0;
  const m6 = words[6] ?? 0;
  const m7 = words[7] ?? 0;
  const m8 = words[8] ?? 0;
  const m9 = words[9] ?? 0;
  const m10 = words[10] ?? 0;
  const m11 = words[11] ?? 0;
  const m12 = words[12] ?? 0;
  const m13 = words[13] ?? 0;
  const m14 = words[14] ?? 0;
  const m15 = words[15] ?? 0;
  const a0 = state[0] ?? 0;
  const b0 = state[1] ?? 0;
  const c0 = state[2] ?? 0;
  const d0 = state[3] ?? 0;
  let a = a0;
  let b = b0;
  let c = c0;
  let d = d0;
  a = (a + m0 - 680876936 + (((c ^ d) & b) ^ d)) | 0;
  a = (((a << 7) | (a >>> 25)) + b) | 0;
  d = (d + m1 - 389564586 + (((b ^ c) & a) ^ c)) | 0;
  d = (((d << 12) | (d >>> 20)) + a) | 0;
  c = (c + m2 + 606105819 + (((a ^ b) & d) ^ b)) | 0;
  c = (((c << 17) | (c >>> 15)) + d) | 0;
  b = (b + m3 - 1044525330 + (((d ^ a) & c) ^ a)) | 0;
  b = (((b << 22) | (b >>> 10)) + c) | 0;
  a = (a + m4 - 176418897 + (((c ^ d) & b) ^ d)) | 0;
  a = (((a << 7) | (a >>> 25)) + b) | 0;
  d = (d + m5 + 1200080426 + (((b ^ c) & a) ^ c)) | 0;
  d = (((d << 12) | (d >>> 20)) + a) | 0;
  c = (c + m6 - 1473231341 + (((a ^ b) & d) ^ b)) | 0;
  c = (((c << 17) | (c >>> 15)) + d) | 0;
  b = (b + m7 - 45705983 + (((d ^ a) & c) ^ a)) | 0;
  b = (((b << 22) | (b >>> 10)) + c) | 0;
  a = (a + m8 + 1770035416 + (((c ^ d) & b) ^ d)) | 0;
  a = (((a << 7) | (a >>> 25)) + b) | 0;
  d = (d + m9 - 1958414417 + (((b ^ c) & a) ^ c)) | 0;
  d = (((d << 12) | (d >>> 20)) + a) | 0;
  c = (c + m10 - 42063 + (((a ^ b) & d) ^ b)) | 0;
  c = (((c << 17) | (c >>> 15)) + d) | 0;
  b = (b + m11 - 1990404162 + (((d ^ a) & c) ^ a)) | 0;
  b = (((b << 22) | (b >>> 10)) + c) | 0;
  a = (a + m12 + 1804603682 + (((c ^ d) & b) ^ d)) | 0;
  a = (((a << 7) | (a >>> 25)) + b) | 0;
  d = (d + m13 - 40341101 + (((b ^ c) & a) ^ c)) | 0;
  d = (((d << 12) | (d >>> 20)) + a) | 0;
  c = (c + m14 - 1502002290 + (((a ^ b) & d) ^ b)) | 0;
  c = (((c << 17) | (c >>> 15)) + d) | 0;
  b = (b + m15 + 1236535329 + (((d ^ a) & c) ^ a)) | 0;
  b = (((b << 22) | (b >>> 10)) + c) | 0;
  a = (a + m1 - 165796510 + (c & ~d) + (b & d)) | 0;
  a = (((a << 5) | (a >>> 27)) + b) | 0;
  d = (d + m6 - 1069501632 + (b & ~c) + (a & c)) | 0;
  d = (((d << 9) | (d >>> 23)) + a) | 0;
  c = (c + m11 + 643717713 + (a & ~b) + (d & b)) | 0;
  c = (((c << 14) | (c >>> 18)) + d) | 0;
  b = (b + m0 - 373897302 + (d & ~a) + (c & a)) | 0;
  b = (((b << 20) | (b >>> 12)) + c) | 0;
  a = (a + m5 - 701558691 + (c & ~d) + (b & d)) | 0;
  a = (((a << 5) | (a >>> 27)) + b) | 0;
  d = (d + m10 + 38016083 + (b & ~c) + (a & c)) | 0;
  d = (((d << 9) | (d >>> 23)) + a) | 0;
  c = (c + m15 - 660478335 + (a & ~b) + (d & b)) | 0;
  c = (((c << 14) | (c >>> 18)) + d) | 0;
  b = (b + m4 - 405537848 + (d & ~a) + (c & a)) | 0;
  b = (((b << 20) | (b >>> 12)) + c) | 0;
  a = (a + m9 + 568446438 + (c & ~d) + (b & d)) | 0;
  a = (((a << 5) | (a >>> 27)) + b) | 0;
  d = (d + m14 - 1019803690 + (b & ~c) + (a & c)) | 0;
  d = (((d << 9) | (d >>> 23)) + a) | 0;
  c = (c + m3 - 187363961 + (a & ~b) + (d & b)) | 0;
  c = (((c << 14) | (c >>> 18)) + d) | 0;
  b = (b + m8 + 1163531501 + (d & ~a) + (c & a)) | 0;
  b = (((b << 20) | (b >>> 12)) + c) | 0;
  a = (a + m13 - 1444681467 + (c & ~d) + (b & d)) | 0;
  a = (((a << 5) | (a >>> 27)) + b) | 0;
  d = (d + m2 - 51403784 + (b & ~c) + (a & c)) | 0;
  d = (((d << 9) | (d >>> 23)) + a) | 0;
  c = (c + m7 + 1735328473 + (a & ~b) + (d & b)) | 0;
  c = (((c << 14) | (c >>> 18)) + d) | 0;
  b = (b + m12 - 1926607734 + (d & ~a) + (c & a)) | 0;
  b = (((b << 20) | (b >>> 12)) + c) | 0;
  a = (a + m5 - 378558 + (c ^ d ^ b)) | 0;
  a = (((a << 4) | (a >>> 28)) + b) | 0;
  d = (d + m8 - 2022574463 + (b ^ c ^ a)) | 0;
  d = (((d << 11) | (d >>> 21)) + a) | 0;
  c = (c + m11 + 1839030562 + (a ^ b ^ d)) | 0;
  c = (((c << 16) | (c >>> 16)) + d) | 0;
  b = (b + m14 - 35309556 + (d ^ a ^ c)) | 0;
  b = (((b << 23) | (b >>> 9)) + c) | 0;
  a = (a + m1 - 1530992060 + (c ^ d ^ b)) | 0;
  a = (((a << 4) | (a >>> 28)) + b) | 0;
  d = (d + m4 + 1272893353 + (b ^ c ^ a)) | 0;
  d = (((d << 11) | (d >>> 21)) + a) | 0;
  c = (c + m7 - 155497632 + (a ^ b ^ d)) | 0;
  c = (((c << 16) | (c >>> 16)) + d) | 0;
  b = (b + m10 - 1094730640 + (d ^ a ^ c)) | 0;
  b = (((b << 23) | (b >>> 9)) + c) | 0;
  a = (a + m13 + 681279174 + (c ^ d ^ b)) | 0;
  a = (((a << 4) | (a >>> 28)) + b) | 0;
  d = (d + m0 - 358537222 + (b ^ c ^ a)) | 0;
  d = (((d << 11) | (d >>> 21)) + a) | 0;
  c = (c + m3 - 722521979 + (a ^ b ^ d)) | 0;
  c = (((c << 16) | (c >>> 16)) + d) | 0;
  b = (b + m6 + 76029189 + (d ^ a ^ c)) | 0;
  b = (((b << 23) | (b >>> 9)) + c) | 0;
  a = (a + m9 - 640364487 + (c ^ d ^ b)) | 0;
  a = (((a << 4) | (a >>> 28)) + b) | 0;
  d = (d + m12 - 421815835 + (b ^ c ^ a)) | 0;
  d = (((d << 11) | (d >>> 21)) + a) | 0;
  c = (c + m15 + 530742520 + (a ^ b ^ d)) | 0;
  c = (((c << 16) | (c >>> 16)) + d) | 0;
  b = (b + m2 - 995338651 + (d ^ a ^ c)) | 0;
  b = (((b << 23) | (b >>> 9)) + c) | 0;
  a = (a + m0 - 198630844 + (c ^ (b | ~d))) | 0;
  a = (((a << 6) | (a >>> 26)) + b) | 0;
  d = (d + m7 + 1126891415 + (b ^ (a | ~c))) | 0;
  d = (((d << 10) | (d >>> 22)) + a) | 0;
  c = (c + m14 - 1416354905 + (a ^ (d | ~b))) | 0;
  c = (((c << 15) | (c >>> 17)) + d) | 0;
  b = (b + m5 - 57434055 + (d ^ (c | ~a))) | 0;
  b = (((b << 21) | (b >>> 11)) + c) | 0;
  a = (a + m12 + 1700485571 + (c ^ (b | ~d))) | 0;
  a = (((a << 6) | (a >>> 26)) + b) | 0;
  d = (d + m3 - 1894986606 + (b ^ (a | ~c))) | 0;
  d = (((d << 10) | (d >>> 22)) + a) | 0;
  c = (c + m10 - 1051523 + (a ^ (d | ~b))) | 0;
  c = (((c << 15) | (c >>> 17)) + d) | 0;
  b = (b + m1 - 2054922799 + (d ^ (c | ~a))) | 0;
  b = (((b << 21) | (b >>> 11)) + c) | 0;
  a = (a + m8 + 1873313359 + (c ^ (b | ~d))) | 0;
  a = (((a << 6) | (a >>> 26)) + b) | 0;
  d = (d + m15 - 30611744 + (b ^ (a | ~c))) | 0;
  d = (((d << 10) | (d >>> 22)) + a) | 0;
  c = (c + m6 - 1560198380 + (a ^ (d | ~b))) | 0;
  c = (((c << 15) | (c >>> 17)) + d) | 0;
  b = (b + m13 + 1309151649 + (d ^ (c | ~a))) | 0;
  b = (((b << 21) | (b >>> 11)) + c) | 0;
  a = (a + m4 - 145523070 + (c ^ (b | ~d))) | 0;
  a = (((a << 6) | (a >>> 26)) + b) | 0;
  d = (d + m11 - 1120210379 + (b ^ (a | ~c))) | 0;
  d = (((d << 10) | (d >>> 22)) + a) | 0;
  c = (c + m2 + 718787259 + (a ^ (d | ~b))) | 0;
  c = (((c << 15) | (c >>> 17)) + d) | 0;
  b = (b + m9 - 343485551 + (d ^ (c | ~a))) | 0;
  b = (((b << 21) | (b >>> 11)) + c) | 0;
  state[0] = a0 + a;
  state[1] = b0 + b;
  state[2] = c0 + c;
  state[3] = d0 + d;
}
