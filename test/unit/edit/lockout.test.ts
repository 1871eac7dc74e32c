import { describe, expect, it } from 'vitest';
import type { AclEntry } from '../../../src/domain/znode/acl';
import { digestId } from '../../../src/zk/edit/digestId';
import { lossesBy } from '../../../src/zk/edit/lockout';

const OPEN: AclEntry[] = [{ scheme: 'world', id: 'anyone', permissions: 31 }];
const READ: AclEntry[] = [{ scheme: 'world', id: 'anyone', permissions: 1 }];
const bob = [
  { scheme: 'ip', user: '127.0.0.1' },
  { scheme: 'digest', user: 'bob' },
];
const nobody = bob.slice(0, 1);
const all = (scheme: string, id: string): AclEntry => ({ scheme, id, permissions: 31 });

const CERTAIN = ['admin certain', 'read certain'];
const PERHAPS = ['admin perhaps', 'read perhaps'];

describe('the hash of the digest scheme', () => {
  // From the documentation of ZooKeeper and the tests of its clients.
  it.each([
    ['super', 'admin', 'super:xQJmxLMiHGwaqBvst5y6rkB6HQs='],
    ['super', 'test', 'super:D/InIHSb7yEEbrWz8b9l71RjZJU='],
    ['test', 'test', 'test:V28q/NynI4JI3Rk54h0r8O5kMug='],
  ])('of %s:%s', (user, password, id) => {
    expect(digestId(user, password)).toBe(id);
  });
});

describe('what a new list takes from ourselves', () => {
  it.each<[string, AclEntry[], AclEntry[], typeof bob | undefined, string[]]>([
    ['open stays open', OPEN, OPEN, bob, []],
    ['to everybody only reading', OPEN, READ, bob, ['admin certain']],
    ['to another user', OPEN, [all('digest', 'eve:h')], bob, CERTAIN],
    ['to us', OPEN, [all('digest', 'bob:h')], bob, []],
    ['to whoever is connected, with credentials', OPEN, [all('auth', '')], bob, []],
    ['to whoever is connected, without', OPEN, [all('auth', '')], nobody, CERTAIN],
    [
      'to our name with another password',
      [all('digest', 'bob:old')],
      [all('digest', 'bob:new')],
      bob,
      PERHAPS,
    ],
    ['to a network that may be ours', OPEN, [all('ip', '127.0.0.0/8')], bob, PERHAPS],
    ['where nobody tells who we are', OPEN, [all('digest', 'bob:h')], undefined, PERHAPS],
    ['what we do not have', READ, READ, bob, []],
  ])('%s', (_, before, after, who, losses) => {
    const found = lossesBy(before, after, who);
    const words = found.map(
      ({ permission, isCertain }) => `${permission} ${isCertain ? 'certain' : 'perhaps'}`,
    );
    expect(words).toEqual(losses);
  });
});
