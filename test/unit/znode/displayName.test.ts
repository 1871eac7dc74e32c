import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  withoutLeadingId,
  decodeName,
  displayName,
  shorten,
} from '../../../src/domain/znode/displayName';

const deceptive = [
  '\u0000',
  '\n',
  '\u007f',
  '\u0085',
  '\u00ad',
  '\u061c',
  '\u200b',
  '\u200e',
  '\u200f',
  '\u2028',
  '\u202a',
  '\u202e',
  '\u2066',
  '\u2069',
  '\u3164',
  '\ud800',
  '\ue000',
  '\ufeff',
  '\ufff9',
  '\u{e0041}',
];

describe('displayName', () => {
  it.each(['config', 'lock-0000000003', 'naïve café', 'ключ', '日本語', '100%', '😀', 'a\\u{41}'])(
    'leaves %s alone',
    (name) => {
      expect(displayName(name)).toBe(name);
    },
  );

  it.each(deceptive)('escapes %j', (character) => {
    const code = character.codePointAt(0)?.toString(16) ?? '';
    expect(displayName(`a${character}b`)).toBe(`a\\u{${code}}b`);
  });

  it('shows the middle of a long name as an ellipsis', () => {
    const name = `${'x'.repeat(300)}-0000000042`;
    expect(displayName(name)).toHaveLength(200);
    expect(displayName(name)).toMatch(/^x+…x+-0000000042$/);
    expect(displayName(name, 20)).toBe('xxxxxxxxxx…000000042');
  });

  it('is bounded, printable and never half a pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const shown = displayName(name, 50);
        expect(shown.length).toBeLessThanOrEqual(50);
        expect(shown).not.toMatch(/\p{Cs}/u);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('decodeName', () => {
  it.each([
    [
      'dubbo%3A%2F%2F10.0.0.7%3A20880%2Forg.Foo%3Fside%3Dprovider',
      'dubbo://10.0.0.7:20880/org.Foo?side=provider',
    ],
    ['a%20b+c', 'a b+c'],
    ['%E6%97%A5', '日'],
    ['a%25b', 'a%b'],
    ['%252F', '%2F'],
    ['x%E2%80%AEgpj.exe', 'x\\u{202e}gpj.exe'],
    ['a%0Ab%00', 'a\\u{a}b\\u{0}'],
  ])('decodes %s', (name, decoded) => {
    expect(decodeName(name)).toBe(decoded);
  });

  it.each(['', 'config', 'a+b', '100%', '%zz', '%E6%97', '%80', '%3A%', '\ud800'])(
    'has nothing to say about %j',
    (name) => {
      expect(decodeName(name)).toBeUndefined();
    },
  );

  it('undoes percent-encoding of printable names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (name) => {
        const encoded = encodeURIComponent(name);
        expect(decodeName(encoded)).toBe(encoded.includes('%') ? name : undefined);
      }),
    );
  });
});

describe('shorten', () => {
  it('returns a text within the limit as it is', () => {
    expect(shorten('abc', 3)).toBe('abc');
    expect(shorten('abcd', 3)).toBe('a…d');
    expect(shorten('abcde', 4)).toBe('ab…e');
  });

  it('keeps both ends and the limit', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 3, max: 30 }), (whole, limit) => {
        const short = shorten(whole, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short).not.toMatch(/\p{Cs}/u);
        if (short === whole) return;
        expect(short.length).toBeGreaterThanOrEqual(limit - 2);
        const [head = '', tail = ''] = short.split('…', 2);
        if (!whole.includes('…')) expect(whole.startsWith(head) && whole.endsWith(tail)).toBe(true);
      }),
    );
  });
});

describe('withoutLeadingId', () => {
  it.each([
    ['_c_6948c14d-dc65-4e45-9d61-0123456789ab-lock-0000000003', '…lock-0000000003'],
    ['c38c6e0bd9f14cb9a1b50a1c9a3a4b11__lock__0000000007', '…lock__0000000007'],
    ['lock-0000000003', 'lock-0000000003'],
    ['6948c14d-dc65', '6948c14d-dc65'],
  ])('%s', (name, shown) => {
    expect(withoutLeadingId(name)).toBe(shown);
  });
});
