import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../src/domain/textCoding';
import { cutUtf8, decodeText, isGzip } from '../../../src/domain/znode/text';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('decodeText', () => {
  it.each([
    ['', 'none'],
    ['abc', 'none'],
    ['a\nb\n', 'lf'],
    ['a\r\nb', 'crlf'],
    ['a\rb', 'cr'],
    ['a\r', 'cr'],
    ['a\r\nb\n', 'mixed'],
    ['a\rb\n', 'mixed'],
    ['\n\r', 'mixed'],
    ['ключ 日本語 😀', 'none'],
    ['tab\tform\fescape\u001b[0m', 'none'],
  ])('reads %j with line ending %s', (text, lineEnding) => {
    expect(decodeText(encodeUtf8(text))).toEqual({ text, lineEnding, byteOrderMark: false });
  });

  it('keeps a byte order mark', () => {
    const decoded = decodeText(bytes(0xef, 0xbb, 0xbf, 0x61));
    expect(decoded).toEqual({ text: '\ufeffa', lineEnding: 'none', byteOrderMark: true });
    expect(decodeText(encodeUtf8('a\ufeff'))?.byteOrderMark).toBe(false);
  });

  it.each([
    ['a NUL', bytes(0x61, 0, 0x62)],
    ['one NUL in a long text', encodeUtf8(`${'x'.repeat(100)}\u0000`)],
    ['a 32-bit number', bytes(0, 0, 0, 5)],
    ['Latin-1', bytes(0x63, 0x61, 0x66, 0xe9)],
    ['a cut sequence', bytes(0x61, 0xe6, 0x97)],
    ['an overlong sequence', bytes(0xc0, 0xaf)],
    ['a surrogate', bytes(0xed, 0xa0, 0x80)],
    ['control characters', bytes(1, 2, 3)],
    ['C1 control characters', encodeUtf8('\u0080\u009f')],
    ['DEL', bytes(0x7f)],
  ])('takes %s for binary', (_, value) => {
    expect(decodeText(value)).toBeUndefined();
  });

  it('allows one control character in ten', () => {
    expect(decodeText(encodeUtf8('\u0001123456789'))).toBeDefined();
    expect(decodeText(encodeUtf8('\u000112345678'))).toBeUndefined();
    expect(decodeText(encodeUtf8('\t\n\f\r\u001b'))).toBeDefined();
  });

  it('loses no byte', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array(), fc.string({ unit: 'grapheme' }).map(encodeUtf8)),
        (value) => {
          const decoded = decodeText(value);
          if (decoded) expect([...encodeUtf8(decoded.text)]).toEqual([...value]);
        },
      ),
    );
  });
});

describe('isGzip', () => {
  it('goes by the magic and method', () => {
    expect(isGzip(bytes(0x1f, 0x8b, 8, 0))).toBe(true);
    expect(isGzip(bytes(0x1f, 0x8b, 7))).toBe(false);
    expect(isGzip(bytes(0x1f, 0x8c, 8))).toBe(false);
    expect(isGzip(bytes(0x1e, 0x8b, 8))).toBe(false);
    expect(isGzip(bytes(0x1f, 0x8b))).toBe(false);
    expect(isGzip(bytes())).toBe(false);
  });
});

describe('cutUtf8', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abc', 2, 'ab'],
    ['abc', 0, ''],
    ['é', 1, ''],
    ['aé', 2, 'a'],
    ['日本', 5, '日'],
    ['日本', 4, '日'],
    ['日本', 3, '日'],
    ['a😀b', 4, 'a'],
    ['a😀b', 5, 'a😀'],
  ])('cuts %j at %i bytes', (text, limit, expected) => {
    expect(decodeUtf8(cutUtf8(encodeUtf8(text), limit))).toBe(expected);
  });

  it('keeps what is whole, and at most three bytes less than allowed', () => {
    const value = fc.oneof(fc.uint8Array(), fc.string({ unit: 'binary' }).map(encodeUtf8));
    fc.assert(
      fc.property(value, fc.nat(40), (whole, limit) => {
        const cut = cutUtf8(whole, limit);
        const most = Math.min(limit, whole.length);
        expect(cut.length).toBeLessThanOrEqual(most);
        expect(cut.length).toBeGreaterThanOrEqual(most - 3);
        expect([...cut]).toEqual([...whole.subarray(0, cut.length)]);
        if (decodeUtf8(whole) !== undefined) expect(decodeUtf8(cut)).toBeDefined();
      }),
    );
  });

  it('shares the memory', () => {
    const whole = bytes(1, 2, 3);
    expect(cutUtf8(whole, 2).buffer).toBe(whole.buffer);
    expect(cutUtf8(whole, 5)).toBe(whole);
  });
});

describe('textCoding', () => {
  it('encodes a lone surrogate as U+FFFD', () => {
    expect([...encodeUtf8('\ud800')]).toEqual([0xef, 0xbf, 0xbd]);
  });
});
