import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AclEntry } from '../../../src/domain/znode/acl';
import { formatAcl, formatPermissions, parseAcl, sameAcl } from '../../../src/domain/znode/aclText';

const HASH = 'V28q/NynI4JI3Rk54h0r8O5kMug=';

describe('the text of an ACL', () => {
  it.each<[string, AclEntry[]]>([
    ['world:anyone:cdrwa', [{ scheme: 'world', id: 'anyone', permissions: 31 }]],
    ['auth::r', [{ scheme: 'auth', id: '', permissions: 1 }]],
    [`digest:test:${HASH}:rw`, [{ scheme: 'digest', id: `test:${HASH}`, permissions: 3 }]],
    [
      'ip:10.0.0.0/8:a, ip:::1:d',
      [
        { scheme: 'ip', id: '10.0.0.0/8', permissions: 16 },
        { scheme: 'ip', id: '::1', permissions: 8 },
      ],
    ],
    [
      'x509:CN=a,O=b,C=c:c,sasl:bob@EXAMPLE.COM:r',
      [
        { scheme: 'x509', id: 'CN=a,O=b,C=c', permissions: 4 },
        { scheme: 'sasl', id: 'bob@EXAMPLE.COM', permissions: 1 },
      ],
    ],
  ])('reads %s', (text, acl) => {
    expect(parseAcl(text)).toEqual(acl);
  });

  it.each([
    ['', 'empty'],
    ['world:anyone', 'noEntry'],
    ['world:anyone:r,', 'noEntry'],
    ['world:anyone:rx', 'permissions'],
    ['world:anyone:rr', 'permissions'],
    ['world:everyone:r', 'world'],
    ['auth:me:r', 'auth'],
    ['digest:bob:secret:r', 'digest'],
    ['digest:bob:x:r', 'masked'],
    ['ip:10.0.0.256:r', 'address'],
    ['ip:10.0.0.0/33:r', 'address'],
    ['sasl::r', 'id'],
    [`world:anyone:r,digest:${HASH}:r`, 'digest'],
  ])('refuses %j: %s', (text, kind) => {
    expect(parseAcl(text)).toMatchObject({ kind });
  });

  it('reads back what it writes', () => {
    const bits = fc.integer({ min: 1, max: 31 });
    const entry = fc.oneof(
      bits.map((permissions) => ({ scheme: 'world', id: 'anyone', permissions })),
      fc.record({
        scheme: fc.constant('ip'),
        id: fc.ipV4().map((address) => `${address}/24`),
        permissions: bits,
      }),
      fc.record({
        scheme: fc.constant('digest'),
        id: fc.stringMatching(/^[a-z ,]{1,8}$/).map((user) => `${user}:${HASH}`),
        permissions: bits,
      }),
    );
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 5 }), (acl) => {
        expect(parseAcl(formatAcl(acl))).toEqual(acl);
      }),
    );
  });

  it('ends on hostile text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000 }), (text) => {
        expect(parseAcl(text)).toBeDefined();
      }),
    );
    expect(parseAcl('a:'.repeat(20_000))).toMatchObject({ kind: 'noEntry' });
  });

  it('compares without regard to the order', () => {
    const [a, b] = [parseAcl('world:anyone:r,ip:::1:d'), parseAcl('ip:::1:d,world:anyone:r')];
    expect(sameAcl(a as AclEntry[], b as AclEntry[])).toBe(true);
    expect(sameAcl(a as AclEntry[], (b as AclEntry[]).slice(1))).toBe(false);
  });

  it('orders letters as zkCli does', () => {
    expect([31, 1, 3, 16].map(formatPermissions)).toEqual(['cdrwa', 'r', 'rw', 'a']);
  });
});
