import { describe, expect, it } from 'vitest';
import { matchesPath } from '../../../src/domain/values/glob';
import { findRule, parseRules } from '../../../src/domain/values/rules';

describe('patterns for paths', () => {
  it.each([
    ['/config/*', '/config/app', true],
    ['/config/*', '/config/app/db', false],
    ['/config/**', '/config/app/db', true],
    ['/config/**', '/config', true],
    ['/config/**', '/configs/app', false],
    ['**/db', '/a/b/db', true],
    ['**/db', '/db', true],
    ['/a/**/z', '/a/z', true],
    ['/a/**/z', '/a/b/c/z', true],
    ['/a/**/z', '/a/b/c/y', false],
    ['config/app', '/config/app', true],
    ['*.json', '/any/where/x.json', true],
    ['*.json', '/x.json/y', false],
    ['/n?de', '/node', true],
    ['/n?de', '/nde', false],
    ['**', '/', true],
    ['/a.c', '/abc', false],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(matchesPath(pattern, path)).toBe(expected);
  });

  it('take no time to speak of, whatever they are', () => {
    const path = `/${'a'.repeat(2000)}`.repeat(20);
    expect(matchesPath(`${'**/'.repeat(200)}b`, path)).toBe(false);
    expect(matchesPath(`${'/**'.repeat(50)}/${'*a'.repeat(400)}b`, path)).toBe(false);
  });
});

describe('rules', () => {
  it('are taken from the setting as far as they are right', () => {
    const { rules, problems } = parseRules([
      { pattern: '/a', chain: ['base64', 'gzip'], charset: 'Latin1', language: 'json' },
      { pattern: '/b', chain: ['rot13'] },
      { pattern: '/c', charset: 'ebcdic' },
      { chain: [] },
      null,
      { pattern: '/d', chain: Array<string>(9).fill('gzip') },
      { pattern: '/e' },
    ]);
    expect(rules).toEqual([
      { pattern: '/a', chain: ['base64', 'gzip'], charset: 'iso-8859-1', language: 'json' },
      { pattern: '/e' },
    ]);
    expect(problems).toEqual([
      'entry 2: chain must list at most 8 of gzip, zlib, base64',
      'entry 3: unknown charset',
      'entry 4: pattern is missing',
      'entry 5: not an object',
      'entry 6: chain must list at most 8 of gzip, zlib, base64',
    ]);
    expect(parseRules('nonsense')).toEqual({ rules: [], problems: [] });
  });

  it('count in their order', () => {
    const { rules } = parseRules([{ pattern: '/a/*', charset: 'gbk' }, { pattern: '**' }]);
    expect(findRule('/a/b', rules)?.charset).toBe('gbk');
    expect(findRule('/b', rules)).toEqual({ pattern: '**' });
    expect(findRule('/b', rules.slice(0, 1))).toBeUndefined();
  });
});
