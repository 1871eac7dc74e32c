import { describe, expect, it } from 'vitest';
import { patternKeys } from '../../../src/domain/ring/keyPattern';

const all = (pattern: string): string[] => {
  const { count, keyAt } = patternKeys(pattern);
  return Array.from({ length: count }, (_, i) => keyAt(i));
};

describe('keys of a pattern', () => {
  it.each([
    ['user:{1..3}', ['user:1', 'user:2', 'user:3']],
    ['{9..11}-x', ['9-x', '10-x', '11-x']],
    ['k{08..11}', ['k08', 'k09', 'k10', 'k11']],
    ['{3..1}', ['1', '2', '3']],
    ['a{0..1}b{7..8}', ['a0b7', 'a0b8', 'a1b7', 'a1b8']],
    ['plain', ['plain']],
    ['{a..b}', ['{a..b}']],
  ])('%s', (pattern, keys) => expect(all(pattern)).toEqual(keys));

  it('are as many as one may have, and tell how many it would be', () => {
    const { count, total, keyAt } = patternKeys('{1..100000}/{1..100000}');
    expect([count, total]).toEqual([1_000_000, 1e10]);
    expect(keyAt(999_999)).toBe('10/100000');
  });
});
