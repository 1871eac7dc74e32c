import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../../src/domain/znode/filter';

describe('compileFilter', () => {
  it.each([
    ['', 'anything', true],
    ['lock', 'my-LOCK-1', true],
    ['LOCK', 'my-lock-1', true],
    ['lock', 'lo-ck', false],
    ['.', 'ab', false],
    ['a.b', 'axb', false],
    ['[x', 'a[x]', true],
    ['ключ', 'КЛЮЧ-1', true],
    ['lock-*', 'lock-1', true],
    ['lock-*', 'LOCK-', true],
    ['lock-*', 'my-lock-1', false],
    ['*lock', 'my-lock', true],
    ['*lock', 'my-lock-1', false],
    ['*lock*', 'my-lock-1', true],
    ['n?de', 'node', true],
    ['n?de', 'nde', false],
    ['n?de', 'noode', false],
    ['?', '', false],
    ['*', '', true],
    ['**', 'abc', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['*aab', 'aaab', true],
    ['a?*', 'a', false],
    ['a.*', 'a.b', true],
    ['a.*', 'axb', false],
    ['10.0.0.7:20880', 'dubbo%3A%2F%2F10.0.0.7%3A20880%2Fx', true],
    ['dubbo://*', 'dubbo%3A%2F%2F10.0.0.7', true],
    ['%3A', 'dubbo%3A', true],
    ['dubbo:', '100%dubbo:', true],
    ['dubbo:x', '100%', false],
  ])('%j on %j is %s', (pattern, name, expected) => {
    expect(compileFilter(pattern)(name)).toBe(expected);
  });

  it('agrees with a regular expression', () => {
    const unit = fc.constantFrom('a', 'b', '*', '?');
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), text, (pattern, name) => {
        const isGlob = /[*?]/.test(pattern);
        const source = pattern.replaceAll('*', '.*').replaceAll('?', '.');
        const expected = new RegExp(isGlob ? `^${source}$` : source).test(name);
        expect(compileFilter(pattern)(name)).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('finds every part of a name', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, part, after) => {
        fc.pre(!/[*?]/.test(part));
        expect(compileFilter(part)(before + part + after)).toBe(true);
      }),
    );
  });

  it('does not blow up on hostile names and patterns', () => {
    const matches = compileFilter(`${'*a'.repeat(50)}*b`);
    const started = performance.now();
    expect(matches('a'.repeat(500_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
