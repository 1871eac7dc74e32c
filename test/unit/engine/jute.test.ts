import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JuteReader } from '../../../src/zk/engine/juteReader';
import { JuteWriter } from '../../../src/zk/engine/juteWriter';

/** Writes, then reads what was written. */
function roundTrip<T>(write: (w: JuteWriter) => void, read: (r: JuteReader) => T, chroot = ''): T {
  const w = new JuteWriter(chroot);
  write(w);
  const r = JuteReader.of(w.take(), chroot);
  const value = read(r);
  expect(r.remaining).toBe(0);
  return value;
}

/** As Java writes strings: each surrogate by itself in three bytes. */
function cesu8(text: string): Buffer {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes.push(unit);
    else if (unit < 0x800) bytes.push(0xc0 | (unit >> 6), 0x80 | (unit & 0x3f));
    else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
  }
  return Buffer.from(bytes);
}

const wellFormed = fc
  .string({ unit: 'binary' })
  .filter((text) => Buffer.from(text).toString() === text);

test('what was written is not in Node’s pool, where kept data would keep it as well', () => {
  const w = new JuteWriter();
  w.int(1);
  expect(w.take().buffer.byteLength).toBe(4);
});

describe('round trips', () => {
  test('integers', () => {
    const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(int, long, fc.boolean(), (i, l, b) => {
        const values = roundTrip(
          (w) => {
            w.bool(b);
            w.int(i);
            w.long(l);
          },
          (r) => [r.bool(), r.int(), r.long()],
        );
        expect(values).toEqual([b, i, l]);
      }),
    );
  });

  test('times keep their milliseconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1, max: Number.MAX_SAFE_INTEGER }), (ms) => {
        expect(
          roundTrip(
            (w) => w.long(BigInt(ms)),
            (r) => r.longAsNumber(),
          ),
        ).toBe(ms);
      }),
    );
  });

  test('strings and buffers of every length, also beyond the first buffer', () => {
    fc.assert(
      fc.property(fc.array(wellFormed), fc.uint8Array({ maxLength: 9000 }), (texts, data) => {
        const [readTexts, readData] = roundTrip(
          (w) => {
            w.vector(texts, (text) => w.string(text));
            w.bytes(data);
          },
          (r) => [r.vector(4, () => r.string()), r.bytes()],
        );
        expect(readTexts).toEqual(texts);
        expect(Buffer.compare(readData, data)).toBe(0);
      }),
    );
    const long = 'é'.repeat(100_000);
    expect(
      roundTrip(
        (w) => w.string(long),
        (r) => r.string(),
      ),
    ).toBe(long);
  });

  test.each([
    ['', '/', '/'],
    ['', '/a/b', '/a/b'],
    ['/app', '/', '/app'],
    ['/app', '/a', '/app/a'],
  ])('chroot %j: %j travels as %j', (chroot, path, wire) => {
    const w = new JuteWriter(chroot);
    w.path(path);
    const bytes = w.take();
    expect(JuteReader.of(bytes).string()).toBe(wire);
    expect(JuteReader.of(bytes, chroot).path()).toBe(path);
  });

  test('a chroot that is only the beginning of a name is left alone', () => {
    const w = new JuteWriter();
    w.path('/application');
    expect(JuteReader.of(w.take(), '/app').path()).toBe('/application');
  });
});

describe('strings as Java writes them', () => {
  test('CESU-8 and UTF-8 both read as what was meant', () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        for (const bytes of [cesu8(text), Buffer.from(text)]) {
          const w = new JuteWriter();
          w.bytes(bytes);
          expect(JuteReader.of(w.take()).string()).toBe(text);
        }
      }),
    );
  });

  test('a real replacement character and half a pair are no reason to stop', () => {
    for (const bytes of [Buffer.from('a\ufffdb'), Buffer.from('eda080', 'hex')]) {
      const w = new JuteWriter();
      w.bytes(bytes);
      expect(JuteReader.of(w.take()).string()).toContain('\ufffd');
    }
  });
});

describe('malformed records', () => {
  const malformed = { name: 'ZkError', code: 'MarshallingError' };

  test.each([
    ['a string longer than what is there', '00000005616263', (r: JuteReader) => r.string()],
    ['a negative length', 'fffffffe', (r: JuteReader) => r.bytes()],
    ['half an integer', '0000', (r: JuteReader) => r.int()],
    ['half a long', '00000000', (r: JuteReader) => r.long()],
    ['a vector that cannot be there', '7fffffff', (r: JuteReader) => r.vector(4, () => r.int())],
    ['nothing', '', (r: JuteReader) => r.bool()],
  ])('%s', (_, hex, read) => {
    const reader = JuteReader.of(Buffer.from(hex, 'hex'));
    expect(() => read(reader)).toThrow(expect.objectContaining(malformed) as Error);
  });

  test('null reads as empty', () => {
    const nulls = Buffer.from('ffffffff'.repeat(3), 'hex');
    const r = JuteReader.of(nulls);
    expect([r.string(), r.bytes().length, r.vector(4, () => r.int())]).toEqual(['', 0, []]);
  });
});

test('small data does not keep the chunk alive that it came in', () => {
  const w = new JuteWriter();
  w.bytes(new Uint8Array(10));
  const chunk = Buffer.concat([w.take(), Buffer.alloc(1 << 20)]);
  const data = new JuteReader().reset(chunk, 0, 14).bytes();
  expect(data.buffer.byteLength).toBeLessThan(100_000);
});
