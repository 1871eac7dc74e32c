import { expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../src/domain/duration';
import { parseSize } from '../../src/domain/size';

it.each([
  ['30 s', 30_000],
  ['5min', 300_000],
  [' 1.5 h ', 5_400_000],
  ['2 days', 172_800_000],
  ['500 MS', 500],
  ['30', undefined],
  ['-1 s', undefined],
  ['1e3 s', undefined],
  ['5 constructor', undefined],
  ['', undefined],
])('%j is %s ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each([
  [90_000, '90 s'],
  [300_000, '5 min'],
  [86_400_000, '1 d'],
  [1_500, '1500 ms'],
])('%s ms are %j', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
  expect(parseDuration(text)).toBe(ms);
});

it.each([
  ['1000', 1_000],
  ['10 kB', 10_000],
  ['1.5 MB', 1_500_000],
  ['2GiB', 2_147_483_648],
  ['constructor', undefined],
  ['10 constructor', undefined],
  ['', undefined],
])('%j is %s bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});
