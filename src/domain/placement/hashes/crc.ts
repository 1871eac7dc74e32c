/** The cyclic redundancy checks that programs place keys with. */

function table32(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    return crc;
  });
}

function table16(): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0);
    return crc;
  });
}

const TABLE32 = table32();
const TABLE16 = table16();

/** The running CRC-32 (IEEE) before its final inversion; start with 0xffffffff. */
export function crc32Update(crc: number, bytes: Uint8Array, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    crc = (crc >>> 8) ^ (TABLE32[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  }
  return crc;
}

/** CRC-32 (IEEE 802.3), unsigned. */
export function crc32(bytes: Uint8Array, length: number): number {
  return ~crc32Update(0xffffffff, bytes, 0, length) >>> 0;
}

/** The "crc32" of memcached clients and of nginx `hash`: 15 bits from the middle, 0 to 32767. */
export function crc32Memcached(bytes: Uint8Array, length: number): number {
  return (crc32(bytes, length) >>> 16) & 0x7fff;
}

/** CRC-16/XMODEM (polynomial 0x1021), 16 bits, as Redis Cluster uses it. */
export function crc16(bytes: Uint8Array, length: number): number {
  return crc16Twemproxy(bytes, length) & 0xffff;
}

/** twemproxy's crc16: the same sum in a 32-bit register that is never cut to 16 bits. */
export function crc16Twemproxy(bytes: Uint8Array, length: number): number {
  let crc = 0;
  for (let i = 0; i < length; i++) {
    crc = (crc << 8) ^ (TABLE16[((crc >>> 8) ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  }
  return crc >>> 0;
}
