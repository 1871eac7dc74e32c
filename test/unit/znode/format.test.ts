import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatSessionId,
  formatZxid,
  relativeTime,
  splitZxid,
} from '../../../src/domain/znode/format';

describe('formatBytes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [2, '2 bytes'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [1049, '1 kB'],
    [1200, '1.2 kB'],
    [10_000, '10 kB'],
    [100_040, '100 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1 MB'],
    [1_048_576, '1 MB'],
    [3_400_000, '3.4 MB'],
    [5e9, '5 GB'],
    [5e12, '5 TB'],
    [5e15, '5 PB'],
  ])('shows %d as %s', (count, text) => {
    expect(formatBytes(count)).toBe(text);
  });

  it('is never off by more than a twentieth, and never shows 1000 of a unit', () => {
    const factors = { byte: 1, bytes: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, PB: 1e15 };
    fc.assert(
      fc.property(fc.maxSafeNat(), (count) => {
        const [number = '', unit = ''] = formatBytes(count).split(' ');
        expect(Number(number)).toBeLessThan(1000);
        const shown = Number(number) * factors[unit as keyof typeof factors];
        expect(Math.abs(shown - count)).toBeLessThanOrEqual(count / 19);
      }),
    );
  });
});

describe('formatCount', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [5000, '5,000'],
    [500_000, '500,000'],
    [1_234_567, '1,234,567'],
    [-999, '-999'],
    [-5000, '-5,000'],
    [-500_000, '-500,000'],
  ])('shows %d as %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });
});

describe('zxids and session ids', () => {
  it.each([
    [0n, '0x0', 0, 0],
    [0x1a0000002fn, '0x1a0000002f', 0x1a, 0x2f],
    [0x1_ffff_ffffn, '0x1ffffffff', 1, 0xffff_ffff],
    [-1n, '0xffffffffffffffff', 0xffff_ffff, 0xffff_ffff],
  ])('shows %d as %s', (zxid, text, epoch, counter) => {
    expect(formatZxid(zxid)).toBe(text);
    expect(formatSessionId(zxid)).toBe(text);
    expect(splitZxid(zxid)).toEqual({ epoch, counter });
  });

  it('shows a session id that is negative on the wire as the server logs it', () => {
    expect(formatSessionId(-0x7efffffff094c2f0n + 0n)).toMatch(/^0x8[0-9a-f]{15}$/);
    expect(formatSessionId(0x100000f6b3d0000n)).toBe('0x100000f6b3d0000');
  });
});

describe('relativeTime', () => {
  const second = 1000;
  const minute = 60 * second;
  const hour = 60 * minute;
  const day = 24 * hour;
  it.each([
    [0, 0, 'second'],
    [999, 0, 'second'],
    [second, 1, 'second'],
    [59_999, 59, 'second'],
    [minute, 1, 'minute'],
    [hour - 1, 59, 'minute'],
    [hour, 1, 'hour'],
    [day - 1, 23, 'hour'],
    [day, 1, 'day'],
    [30 * day, 30, 'day'],
    [31 * day, 1, 'month'],
    [365 * day, 11, 'month'],
    [366 * day, 1, 'year'],
    [3650 * day, 9, 'year'],
  ] as const)('cuts %d ms to %d %s', (ms, value, unit) => {
    expect(relativeTime(1e12 + ms, 1e12)).toEqual({ value, unit });
    expect(relativeTime(1e12 - ms, 1e12)).toEqual({ value: 0 - value, unit });
  });
});
