import { describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../../../src/domain/znode/acl';
import { isMasked, permits } from '../../../src/zk/edit/permission';

const READ = 1;
const entry = (scheme: string, id: string, permissions = 31) => ({ scheme, id, permissions });
const BOB = [
  { scheme: 'ip', user: '127.0.0.1' },
  { scheme: 'digest', user: 'bob' },
];

describe('what an ACL lets us do, as far as we can tell', () => {
  it.each([
    ['anyone', [entry('world', 'anyone')], BOB, true],
    ['an empty list', [], BOB, true],
    ['our digest', [entry('digest', 'bob:hash=')], BOB, true],
    ['our digest, masked', [entry('digest', 'bob:x')], BOB, true],
    ['another digest', [entry('digest', 'eve:hash=')], BOB, false],
    ['anyone to read only', [entry('world', 'anyone', READ)], BOB, false],
    ['a network that we can not compare', [entry('ip', '127.0.0.0/8')], BOB, undefined],
    ['our address', [entry('ip', '127.0.0.1')], BOB, true],
    ['another digest, to super', [entry('digest', 'eve:x')], [{ scheme: 'super', user: '' }], true],
    ['a digest, on an old server', [entry('digest', 'bob:x')], undefined, undefined],
    ['nobody, on an old server', [entry('world', 'anyone', READ)], undefined, false],
  ])('%s', (_, acl, who, expected) => {
    expect(permits(acl, PERMISSIONS.delete, who)).toBe(expected);
  });

  it('knows masked ids', () => {
    expect(isMasked([entry('world', 'anyone'), entry('digest', 'bob:x')])).toBe(true);
    expect(isMasked([entry('digest', 'bob:xyz='), entry('sasl', 'bob:x')])).toBe(false);
  });
});
