import { gzipSync } from 'node:zlib';
import { below, pretty, type SampleNode } from './node';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFUlEQVR4nGOUNrjIgA0wYRUdtBIAYC4BMLBWMXsAAAAASUVORK5CYII=';

/** Every byte value once, twice over. */
const ALL_BYTES = Uint8Array.from({ length: 512 }, (_, i) => i % 256);

/** HBase's way: a magic byte, a source name, `PBUF`, then a protocol buffer. */
const PROTOBUF = Buffer.concat([
  Buffer.from([0xff, 0, 0, 0, 0x14]),
  Buffer.from('master:16000'),
  Buffer.from('PBUF'),
  Buffer.from([0x0a, 0x10, 0x0a, 0x05]),
  Buffer.from('rs-01'),
  Buffer.from([0x10, 0x94, 0x7d, 0x18, 0xa4, 0xcb, 0xe5, 0x13]),
]);

/** Values that are no plain text, and texts that need care. */
export function values(): SampleNode[] {
  const report = pretty({ day: '2026-11-20', orders: 18_204, revenueCents: 91_530_455 });
  return below('/values', {
    empty: '',
    number: '42',
    'all-bytes': ALL_BYTES,
    'report.json.gz': new Uint8Array(gzipSync(report)),
    'logo.png': new Uint8Array(Buffer.from(PNG, 'base64')),
    'protobuf-with-magic': new Uint8Array(PROTOBUF),
    'latin1.txt': new Uint8Array(Buffer.from('Größe: übergroß, façade, señor\n', 'latin1')),
    'utf8-with-bom.txt': '\ufeffstarts with a byte order mark\n',
    'crlf.txt': 'lines\r\nthat end\r\nas on Windows\r\n',
    'one-long-line.txt': 'All on one line, without a break. '.repeat(600),
    'languages.txt': 'Grüße · Привет · 你好 · こんにちは · שלום · 😀\n',
  });
}
