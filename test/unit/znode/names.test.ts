import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNames, sequenceOf, sortNames } from '../../../src/domain/znode/names';

const uuid = '5a1b2c3d-0e4f-4a6b-8c7d-9e0f1a2b3c4d';
/** `%010d` of Java: the sign counts towards the width. */
const format = (value: number): string =>
  value < 0 ? `-${String(-value).padStart(9, '0')}` : String(value).padStart(10, '0');

const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('a', 'B', 'b', '0', '1', '9', '-', '_', 'é', '日'),
    maxLength: 12,
  }),
  fc.tuple(fc.constantFrom('', 'lock-', 'n_', 'x'), fc.maxSafeNat()).map(([p, n]) => p + String(n)),
);

describe('sequenceOf', () => {
  it.each([
    ['lock-0000000003', 'lock-', 3],
    [`_c_${uuid}-lock-0000000003`, `_c_${uuid}-lock-`, 3],
    ['node0000000000', 'node', 0],
    ['0000000007', '', 7],
    ['qn-2147483647', 'qn-', 2147483647],
    ['lock--2147483648', 'lock-', -2147483648],
    ['lock-2147483648', 'lock', -2147483648],
    ['__lock__-2147483648', '__lock__', -2147483648],
    ['__lock__-2000000000', '__lock__', -2000000000],
    ['lock-2000000000', 'lock-', 2000000000],
    ['lock--000000001', 'lock-', -1],
    ['-000000001', '', -1],
    ['lock--0000000001', 'lock--', 1],
  ])('reads %s', (name, prefix, sequence) => {
    expect(sequenceOf(name)).toEqual({ prefix, sequence });
  });

  it.each([
    '',
    'config',
    'lock-',
    'lock-000000003',
    'lock-00000000003',
    'build-123456789',
    'dé-000000001',
    'lock--000000000',
    '1699999999999',
    'x9999999999',
    'x-9999999999',
    'lock-0000000003x',
    'lock-٠٠٠٠٠٠٠٠٠٣',
    '5a1b2c3d-0e4f-4a6b-8c7d-9e1234567890',
    'd41d8cd98f00b204e980ab1234567890',
  ])('takes %j for no sequential name', (name) => {
    expect(sequenceOf(name)).toBeUndefined();
  });

  it('reads back what the server appends, behind prefixes that end in a separator', () => {
    const prefix = fc.tuple(fc.string({ maxLength: 8 }), fc.constantFrom('-', '_', '=', ':'));
    fc.assert(
      fc.property(prefix, fc.integer({ min: -2147483648, max: 2147483647 }), (parts, sequence) => {
        const name = parts.join('') + format(sequence);
        // "--2000000000" reads as a negative number, the far likelier of the two.
        fc.pre(!(parts[1] === '-' && sequence >= 1_000_000_000));
        expect(sequenceOf(name)).toEqual({ prefix: parts.join(''), sequence });
      }),
    );
  });
});

describe('compareNames', () => {
  it.each([
    ['a2', 'a10'],
    ['a', 'a0'],
    ['a01', 'a1'],
    ['a1', 'a02'],
    ['shard9-b', 'shard10-a'],
    ['1.9.10', '1.10.9'],
    ['alpha', 'Zeta'],
    ['Alpha', 'alpha'],
    ['x99999999999999999998', 'x99999999999999999999'],
    ['x99999999999999999999', 'x100000000000000000000'],
    ['a-', 'a0'],
    ['a9', 'a_'],
    ['z', 'é'],
    ['', 'a'],
    ['日1', '日本'],
  ])('puts %j before %j', (a, b) => {
    expect(compareNames(a, b)).toBeLessThan(0);
    expect(compareNames(b, a)).toBeGreaterThan(0);
  });

  it('is 0 for the same name only, and antisymmetric', () => {
    fc.assert(
      fc.property(anyName, anyName, (a, b) => {
        expect(compareNames(a, b) === 0).toBe(a === b);
        expect(Math.sign(compareNames(a, b)) + Math.sign(compareNames(b, a))).toBe(0);
      }),
    );
  });

  it('is transitive', () => {
    fc.assert(
      fc.property(anyName, anyName, anyName, (...three) => {
        const [a, b, c] = [...three].sort(compareNames) as [string, string, string];
        expect(compareNames(a, c)).toBeLessThanOrEqual(0);
        expect(compareNames(a, b)).toBeLessThanOrEqual(0);
        expect(compareNames(b, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('orders numbers by value', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n }), fc.bigInt({ min: 0n }), (a, b) => {
        expect(Math.sign(compareNames(`n${a}x`, `n${b}x`))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });
});

describe('sortNames', () => {
  it('orders sequential children by sequence, not by the UUID in front', () => {
    const names = ['_c_ffffffff-0e4f-4a6b-8c7d-9e0f1a2b3c4d-lock-0000000001'];
    names.unshift(`_c_${uuid}-lock-0000000002`, 'read-0000000010', 'write-0000000009');
    expect(sortNames(names).map((name) => sequenceOf(name)?.sequence)).toEqual([1, 2, 9, 10]);
  });

  it('puts other names first, in natural order', () => {
    expect(sortNames(['b-0000000001', 'z', 'a-0000000002', 'y10', 'y9', 'a-0000000001'])).toEqual([
      'y9',
      'y10',
      'z',
      'a-0000000001',
      'b-0000000001',
      'a-0000000002',
    ]);
  });

  it('leaves its argument alone and keeps every name', () => {
    const names = Object.freeze(['b', 'a', 'b']);
    expect(sortNames(names)).toEqual(['a', 'b', 'b']);
  });

  it('gives one order whatever the order of the list, also for every part of it', () => {
    const shuffled = fc
      .uniqueArray(anyName, { maxLength: 12 })
      .chain((names) => fc.tuple(fc.constant(names), fc.shuffledSubarray(names)));
    fc.assert(
      fc.property(shuffled, ([names, part]) => {
        const whole = sortNames(names);
        expect(sortNames(part)).toEqual(whole.filter((name) => part.includes(name)));
      }),
    );
  });

  // What is quadratic takes hours here, and ends by the time limit.
  it('sorts 500,000 names', { timeout: 120_000 }, () => {
    const others = Array.from(
      { length: 250_000 },
      (_, i) => `service-${(i * 7919) % 250_000}.host`,
    );
    const sequential = others.map((_, i) => `_c_${uuid}-lock-${format((i * 7919) % 250_000)}`);
    const sorted = sortNames([...sequential, ...others]);
    expect(sorted[0]).toBe('service-0.host');
    expect(sorted[249_999]).toBe('service-249999.host');
    expect(sorted[499_999]).toBe(`_c_${uuid}-lock-0000249999`);
  });

  it('compares long hostile names in linear time', { timeout: 120_000 }, () => {
    const a = `${'0'.repeat(1_000_000)}1`;
    const b = `${'0'.repeat(999_999)}2`;
    expect(sortNames([b, a, `${'1a'.repeat(400_000)}0000000001`])[0]).toBe(a);
  });
});
