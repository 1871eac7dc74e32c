import { describe, expect, it } from 'vitest';
import { charsetOf, decodeCharset, encodeCharset } from '../../../src/domain/values/charset';

describe('charsets', () => {
  it('have one name, and none when the platform lacks them', () => {
    expect(['UTF8', 'Latin1', ' cp1252 ', 'sjis', 'gbk', 'utf-16'].map(charsetOf)).toEqual([
      ...['utf-8', 'iso-8859-1', 'windows-1252', 'shift_jis', 'gbk', 'utf-16le'],
    ]);
    expect(['utf-7', 'ebcdic', '', 'constructor'].map(charsetOf)).toEqual(Array(4).fill(undefined));
  });

  // The characters of windows-1252 that are not those of ISO 8859-1, from the code chart.
  it('tells windows-1252 from latin1', () => {
    const bytes = Uint8Array.of(0x80, 0x8a, 0x99, 0x9f, 0xa4);
    expect(decodeCharset('windows-1252', bytes)).toBe('€Š™Ÿ¤');
    expect(decodeCharset('iso-8859-1', bytes)).toBe('\x80\x8a\x99\x9f¤');
  });

  /** Characters that each encoding must be able to write. */
  const SAMPLES = [
    ['gb18030', 'A中文€㐀ḿ😀𠀀\u0080'],
    ['gbk', 'A中文€'],
    ['big5', 'A中文'],
    ['shift_jis', 'A日本ｱ①Ⅰ'],
    ['euc-jp', 'A日本ｱ丂'],
    ['euc-kr', 'A한국'],
    ['windows-1251', 'AПривет№'],
    ['windows-1253', 'AΑλφα'],
    ['koi8-u', 'AЇжак'],
    ['macintosh', 'Aé†'],
    ['utf-16le', 'A中😀'],
    ['utf-16be', 'A中😀'],
  ] as const;
  it.each(SAMPLES)('%s writes what it reads', (charset, text) => {
    const bytes = encodeCharset(charset, text);
    expect(bytes).toBeInstanceOf(Uint8Array);
    expect(new TextDecoder(charset).decode(bytes as Uint8Array)).toBe(text);
  });

  it.each(['gb18030', 'gbk', 'big5', 'shift_jis', 'euc-jp', 'euc-kr', 'windows-1253', 'koi8-r'])(
    'writes every character that two bytes of %s can be',
    (charset) => {
      const decoder = new TextDecoder(charset);
      const lost: string[] = [];
      let count = 0;
      for (let first = 0x20; first <= 0xff; first++) {
        for (let second = 0x20; second <= 0xff; second++) {
          const text = decoder.decode(Uint8Array.of(first, second));
          if (text.includes('\ufffd') || Array.from(text).length > 2) continue;
          count++;
          const bytes = encodeCharset(charset, text);
          if (!(bytes instanceof Uint8Array) || decoder.decode(bytes) !== text) lost.push(text);
        }
      }
      expect(count).toBeGreaterThan(10_000);
      expect(lost).toEqual([]);
    },
  );

  it.each([
    ['utf-16le', 'a\ud800b', '\ud800'],
    ['windows-1252', 'a中', '中'],
    ['iso-2022-jp', '日', '日'],
    ['big5', '😀', '😀'],
  ])('%s refuses what it has no code for', (charset, text, character) => {
    expect(encodeCharset(charset, text)).toEqual({ kind: 'unmappable', character });
  });
});
