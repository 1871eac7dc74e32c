import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexListing } from '../../../src/domain/znode/hex';
import { encodeUtf8 } from '../../../src/domain/textCoding';
import { ensureHexdump, HEXDUMP } from '../../tools/hexdump.mjs';

describe('hexListing', () => {
  it('prints what hexdump -Cv printed', () => {
    const value = Uint8Array.from([
      ...encodeUtf8('{"a":1}\n'),
      ...[0, 0x7f, 0xff],
      ...encodeUtf8('0123456789abcdef0123'),
    ]);
    expect(hexListing(value)).toBe(
      [
        '00000000  7b 22 61 22 3a 31 7d 0a  00 7f ff 30 31 32 33 34  |{"a":1}....01234|',
        '00000010  35 36 37 38 39 61 62 63  64 65 66 30 31 32 33     |56789abcdef0123|',
        '0000001f\n',
      ].join('\n'),
    );
  });

  it('prints nothing for no bytes, and whole lines without a rest', () => {
    expect(hexListing(new Uint8Array())).toBe('');
    expect(hexListing(new Uint8Array(16)).split('\n')).toHaveLength(3);
    expect(hexListing(Uint8Array.of(0x20, 0x7e))).toBe(
      `00000000  20 7e${' '.repeat(45)}| ~|\n00000002\n`,
    );
  });

  it('counts from the offset', () => {
    expect(hexListing(Uint8Array.of(0x41), 0x1fff0).split('\n')).toEqual([
      expect.stringMatching(/^0001fff0 {2}41 /),
      '0001fff1',
      '',
    ]);
  });

  it('shows every byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (value) => {
        const columns = hexListing(value)
          .split('\n')
          .flatMap((line) => line.slice(10, 58).match(/[0-9a-f]{2}/g) ?? []);
        expect(columns.map((hex) => parseInt(hex, 16))).toEqual([...value]);
      }),
    );
  });

  it('agrees with hexdump', async () => {
    await ensureHexdump();
    for (const length of [1, 7, 8, 9, 15, 16, 17, 255, 256, 300]) {
      const value = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 0xff);
      const printed = execFileSync(HEXDUMP, ['-Cv'], { input: value, encoding: 'utf8' });
      expect(hexListing(value)).toBe(printed);
    }
  }, 120_000);

  it('lists a megabyte at once', () => {
    const started = performance.now();
    expect(hexListing(new Uint8Array(1_048_576))).toHaveLength(65_536 * 79 + 9);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
