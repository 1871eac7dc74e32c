import fc from 'fast-check';
import { deflateSync, gzipSync, gunzipSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeValue, type Decoded } from '../../../src/domain/values/decode';
import { encodeValue } from '../../../src/domain/values/encode';
import { STEPS } from '../../../src/domain/values/layers';
import { parseRules, type DecodeRule } from '../../../src/domain/values/rules';
import { zlibCodecs } from '../../../src/ui/zlibCodecs';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = ({ bytes }: Decoded): string => new TextDecoder('utf-8').decode(bytes);
const decode = (data: Uint8Array, rules: readonly DecodeRule[] = []): Decoded =>
  decodeValue('/app/config', data, rules, zlibCodecs);
const rule = (entry: object): DecodeRule[] => {
  const { rules, problems } = parseRules([{ pattern: '**', ...entry }]);
  expect(problems).toEqual([]);
  return rules;
};

/** A gzip member with a name, a time and a comment. */
function namedGzip(text: string): Uint8Array {
  const header = Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 8 | 16, 0x78, 0x56, 0x34, 0x12, 2, 3]),
    Buffer.from('config.json\0a comment\0'),
  ]);
  return Buffer.concat([header, gzipSync(text).subarray(10)]);
}

describe('decodeValue', () => {
  const JSON_TEXT = '{"größe": 1}\n';
  const PLAIN: readonly (readonly [string, Uint8Array, readonly string[], string, string])[] = [
    ['UTF-8', utf8(JSON_TEXT), [], 'utf-8', JSON_TEXT],
    ['nothing', new Uint8Array(), [], 'utf-8', ''],
    ['gzip', gzipSync(JSON_TEXT), ['gzip'], 'utf-8', JSON_TEXT],
    ['gzip in two members', Buffer.concat([gzipSync('a'), gzipSync('b')]), ['gzip'], 'utf-8', 'ab'],
    ['zlib', deflateSync(JSON_TEXT), ['zlib'], 'utf-8', JSON_TEXT],
    [
      'zlib without compression',
      deflateSync(JSON_TEXT, { level: 0 }),
      ['zlib'],
      'utf-8',
      JSON_TEXT,
    ],
    ['gzip in gzip', gzipSync(gzipSync(JSON_TEXT)), ['gzip', 'gzip'], 'utf-8', JSON_TEXT],
    ['UTF-16 with a mark', Buffer.from('\ufeffaß', 'utf16le'), [], 'utf-16le', '\ufeffaß'],
    ['text that begins like zlib', utf8('x^2 + y'), [], 'utf-8', 'x^2 + y'],
    ['base64, which is text', utf8('aGVsbG8='), [], 'utf-8', 'aGVsbG8='],
  ];
  it.each(PLAIN)('recognises %s', (_, data, chain, charset, text) => {
    const decoded = decode(data);
    expect(decoded).toMatchObject({ form: 'text', coding: { chain, charset } });
    expect(decoded.readOnly).toBeUndefined();
    expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(decoded.bytes)).toBe(text);
  });

  it.each([
    ['zeros', new Uint8Array(5)],
    ['what has only the header of zlib', Uint8Array.of(0x78, 0x9c, 1, 2, 3, 0xff)],
    ['UTF-16 without a mark', Buffer.from('ab', 'utf16le')],
    ['an odd number of bytes after a mark', Uint8Array.of(0xff, 0xfe, 0x41)],
  ])('takes %s for binary', (_, data) => {
    expect(decode(data)).toEqual({
      coding: { chain: [], charset: 'utf-8' },
      form: 'binary',
      bytes: data,
      readOnly: 'binary',
    });
  });

  it('shows binary data inside of gzip', () => {
    const decoded = decode(gzipSync(Uint8Array.of(0, 1, 2)));
    expect(decoded).toMatchObject({ form: 'binary', coding: { chain: ['gzip'] } });
    expect([...decoded.bytes]).toEqual([0, 1, 2]);
  });

  const CHARSETS = [
    ['utf-16le', Buffer.from('héllo', 'utf16le'), 'héllo'],
    ['utf-16be', Uint8Array.of(0, 0x68, 0, 0xe9), 'hé'],
    ['latin1', Uint8Array.of(0x68, 0xe9, 0xff), 'héÿ'],
    ['windows-1252', Uint8Array.of(0x80, 0xe9, 0x93), '€é“'],
    ['windows-1251', Uint8Array.of(0xcf, 0xf0, 0xe8), 'При'],
    ['gb18030', Uint8Array.of(0xd6, 0xd0, 0xce, 0xc4), '中文'],
    ['shift_jis', Uint8Array.of(0x93, 0xfa, 0x96, 0x7b), '日本'],
    ['euc-kr', Uint8Array.of(0xc7, 0xd1), '한'],
    ['big5', Uint8Array.of(0xa4, 0xa4), '中'],
    ['koi8-r', Uint8Array.of(0xf0, 0xd2), 'Пр'],
  ] as const;
  it.each(CHARSETS)('reads and writes %s where a rule says so', (charset, data, text) => {
    const decoded = decode(data, rule({ charset }));
    expect(decoded).toMatchObject({ form: 'text' });
    expect(decoded.readOnly).toBeUndefined();
    expect(textOf(decoded)).toBe(text);
    const twice = encodeValue(decoded.coding, data, utf8(text + text), zlibCodecs);
    expect(twice).toEqual(Uint8Array.from([...data, ...data]));
  });

  it.each([
    ['mixedLineEnds', utf8('a\r\nb\n'), []],
    ['carriageReturns', utf8('a\rb'), []],
    ['mixedLineEnds', gzipSync('a\r\nb\n'), []],
    ['trailingBytes', Buffer.concat([gzipSync('a'), Buffer.from([0, 0])]), []],
    ['layout', utf8('aG\nVsbG8='), [{ chain: ['base64'] }]],
    ['layout', utf8('aGVsbG9='), [{ chain: ['base64'] }]],
    ['rule', utf8('not gzip'), [{ chain: ['gzip'] }]],
    ['rule', Uint8Array.of(0x68, 0x69), [{ chain: ['base64', 'gzip'] }]],
    // Two codes of one character: NEC row 13 and IBM's extension both have it.
    ['charset', Uint8Array.of(0xfa, 0x4a), [{ charset: 'shift_jis' }]],
    ['rule', utf8('grün'), [{ charset: 'us-ascii' }]],
  ] as const)('lets nobody edit for %s', (reason, data, [entry]) => {
    const decoded = decode(data, entry ? rule(entry) : []);
    expect(decoded).toMatchObject({ form: 'text', readOnly: reason });
  });

  it('says what is wrong with damaged and with huge data', () => {
    const cut = gzipSync('a text that is cut').subarray(0, 25);
    expect(decode(cut).problem).toEqual({ step: 'gzip', kind: 'damaged' });
    const bomb = gzipSync(new Uint8Array(17 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(20_000);
    const decoded = decode(bomb);
    expect(decoded).toMatchObject({ form: 'binary', problem: { step: 'gzip', kind: 'tooLarge' } });
    expect(decoded.bytes).toBe(bomb);
    const nested = decode(gzipSync(bomb));
    expect(nested.problem).toEqual({ step: 'gzip', kind: 'tooLarge' });
  });

  it('follows the first rule whose pattern matches, and shows bytes on request', () => {
    const { rules } = parseRules([
      { pattern: '/app/*', chain: [] },
      { pattern: '**', chain: ['gzip'], language: 'json' },
    ]);
    const data = gzipSync('{}');
    expect(decodeValue('/app/raw', data, rules, zlibCodecs)).toMatchObject({ form: 'binary' });
    expect(decodeValue('/other', data, rules, zlibCodecs)).toMatchObject({
      form: 'text',
      language: 'json',
    });
    expect(decode(utf8('text'), rule({ language: 'hex' }))).toMatchObject({ form: 'binary' });
  });
});

describe('encodeValue', () => {
  it('keeps name, time and comment of a gzip header', () => {
    const original = namedGzip('{"a": 1}');
    const { coding } = decode(original);
    expect(coding.chain).toEqual(['gzip']);
    const written = encodeValue(coding, original, utf8('{"a": 22}'), zlibCodecs) as Uint8Array;
    expect(gunzipSync(written).toString()).toBe('{"a": 22}');
    expect(Buffer.from(written.subarray(0, 32))).toEqual(Buffer.from(original.subarray(0, 32)));
  });

  it('wraps the first text of an empty znode as the rule says', () => {
    const empty = new Uint8Array();
    const { coding, readOnly } = decode(empty, rule({ chain: ['base64', 'zlib'] }));
    expect(readOnly).toBeUndefined();
    expect(encodeValue(coding, empty, empty, zlibCodecs)).toBe(empty);
    const written = encodeValue(coding, empty, utf8('new'), zlibCodecs) as Uint8Array;
    expect(inflateSync(Buffer.from(Buffer.from(written).toString(), 'base64')).toString()).toBe(
      'new',
    );
  });

  it.each([
    ['one line', 'aGVsbG8=', 'aGVsbG8gd29ybGQ='],
    ['without padding', 'aGVsbG8', 'aGVsbG8gd29ybGQ'],
    ['with a final line feed', 'aGVsbG8=\n', 'aGVsbG8gd29ybGQ=\n'],
    ['in lines', 'aGVs\r\nbG8=\r\n', 'aGVs\r\nbG8g\r\nd29y\r\nbGQ=\r\n'],
  ])('writes base64 as it was: %s', (_, original, expected) => {
    const data = utf8(original);
    const { coding } = decode(data, rule({ chain: ['base64'] }));
    const written = encodeValue(coding, data, utf8('hello world'), zlibCodecs) as Uint8Array;
    expect(Buffer.from(written).toString()).toBe(expected);
  });

  it.each([
    ['iso-8859-1', 'a€', '€'],
    ['shift_jis', 'é', 'é'],
    ['us-ascii', 'aäb', 'ä'],
  ])('refuses what %s does not have', (charset, text, character) => {
    const { coding } = decode(utf8('a'), rule({ charset }));
    const written = encodeValue(coding, utf8('a'), utf8(text), zlibCodecs);
    expect(written).toEqual({ kind: 'unmappable', character, charset });
  });

  const anyRule = fc.option(
    fc.record(
      {
        chain: fc.array(fc.constantFrom(...STEPS), { maxLength: 3 }),
        charset: fc.constantFrom(
          ...['utf-8', 'utf-16le', 'iso-8859-1', 'windows-1252', 'gb18030', 'shift_jis', 'big5'],
          ...['euc-jp', 'euc-kr', 'iso-2022-jp', 'windows-1253', 'macintosh'],
        ),
      },
      { requiredKeys: [] },
    ),
    { nil: undefined },
  );
  const wrapped = fc
    .tuple(
      fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary' }).map(utf8)),
      fc.array(fc.constantFrom('gzip', 'zlib', 'base64'), { maxLength: 3 }),
    )
    .map(([bytes, steps]) =>
      steps.reduce<Uint8Array>((data, step) => {
        if (step === 'gzip') return gzipSync(data);
        return step === 'zlib' ? deflateSync(data) : utf8(Buffer.from(data).toString('base64'));
      }, bytes),
    );

  it('gives back exactly the bytes of whatever may be edited and was not changed', () => {
    fc.assert(
      fc.property(wrapped, anyRule, (data, entry) => {
        const decoded = decode(data, entry ? rule(entry) : []);
        if (decoded.readOnly !== undefined) return;
        expect(encodeValue(decoded.coding, data, decoded.bytes, zlibCodecs)).toEqual(data);
      }),
      { numRuns: 700 },
    );
  });

  it('writes what reads as the text that was typed, or refuses', () => {
    let written = 0;
    fc.assert(
      fc.property(wrapped, anyRule, fc.string({ unit: 'grapheme' }), (data, entry, typed) => {
        const rules = entry ? rule(entry) : [];
        const { coding, readOnly } = decode(data, rules);
        if (readOnly !== undefined) return;
        const text = utf8(typed);
        const again = encodeValue(coding, data, text, zlibCodecs);
        if (!(again instanceof Uint8Array)) {
          expect(again.kind).toBe('unmappable');
          return;
        }
        written++;
        const fixed: DecodeRule = { pattern: '**', ...coding };
        expect([...decode(again, [fixed]).bytes]).toEqual([...text]);
      }),
      { numRuns: 700 },
    );
    expect(written).toBeGreaterThan(100);
  });
});
