const BYTES_PER_LINE = 16;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * A listing of bytes exactly as `hexdump -Cv` prints it, empty for no bytes:
 *
 *     00000000  7b 22 61 22 3a 31 7d 0a  00 7f ff 30 31 32 33 34  |{"a":1}....01234|
 *     00000010
 *
 * Each line has its offset (8 hex digits), 16 bytes in two groups, and the printable ASCII characters
 * among them, a dot for each other byte; the last line has the offset of the end. `offset` is that of
 * the first byte, from 0.
 */
export function hexListing(bytes: Uint8Array, offset = 0): string {
  if (bytes.length === 0) return '';
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; start += BYTES_PER_LINE) {
    lines.push(line(bytes.subarray(start, start + BYTES_PER_LINE), offset + start));
  }
  lines.push(`${address(offset + bytes.length)}\n`);
  return lines.join('\n');
}

function line(bytes: Uint8Array, offset: number): string {
  let hex = '';
  let characters = '';
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    hex += `${i === BYTES_PER_LINE / 2 ? '  ' : ' '}${HEX[byte] ?? ''}`;
    characters += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
  }
  return `${address(offset)} ${hex.padEnd(BYTES_PER_LINE * 3 + 1)}  |${characters}|`;
}

function address(offset: number): string {
  return offset.toString(16).padStart(8, '0');
}
