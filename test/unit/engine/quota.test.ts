import { expect, test } from 'vitest';
import { formatQuota, parseQuota } from '../../../src/zk/quota';

test.each([
  ['count=10,bytes=-1', { count: 10 }],
  [
    'count=-1,bytes=7=;byteHardLimit=5;countHardLimit=20',
    { bytes: 7, bytesHardLimit: 5, countHardLimit: 20 },
  ],
  ['count=1,bytes=2', { count: 1, bytes: 2 }],
])('%s', (text, limits) => {
  expect(parseQuota(text)).toEqual(limits);
  expect(formatQuota(limits)).toBe(text);
});

test('reads what it does not know as no limit', () => {
  expect(parseQuota('')).toEqual({});
  expect(parseQuota('count=,bytes=x;new=1')).toEqual({});
});
