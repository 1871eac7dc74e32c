import { beforeEach, describe, expect, it } from 'vitest';
import { bindingOf, Secrets, type SecretOwner } from '../../src/ui/secrets';

const secret = { logins: [{ user: 'bob', password: 's3cret' }], plainAccepted: true };
const owner: SecretOwner = {
  id: 'prod',
  connectString: 'zk1:2181,zk2:2181/app',
  auth: 'digest',
};
const to = (connectString: string, more: Partial<SecretOwner> = {}): SecretOwner => ({
  ...owner,
  connectString,
  ...more,
});
let stored: Map<string, string>;
let secrets: Secrets;

beforeEach(() => {
  stored = new Map();
  secrets = new Secrets({
    get: (key) => Promise.resolve(stored.get(key)),
    store: (key, value) => Promise.resolve(void stored.set(key, value)),
    delete: (key) => Promise.resolve(void stored.delete(key)),
  });
});

describe('bindingOf', () => {
  it.each(['zk2,zk1:2181', 'ZK1:2181,zk2:2181/other', ' zk1 , zk2 ', 'zk1,zk2,zk1'])(
    'takes %j for the same hosts',
    (text) => {
      expect(bindingOf(to(text))).toBe(bindingOf(owner));
    },
  );

  it.each(['zk1:2181', 'zk1:2181,zk3:2181', 'zk1:2182,zk2:2181', 'zk1,zk2,zk3'])(
    'tells %j apart',
    (text) => {
      expect(bindingOf(to(text))).not.toBe(bindingOf(owner));
    },
  );

  const tls = { caFile: '/ca.pem' };
  it.each<[string, Partial<SecretOwner>]>([
    ['without TLS', {}],
    ['with TLS and other authorities', { tls: { caFile: '/else.pem' } }],
    ['with TLS and the usual authorities', { tls: {} }],
    ['without the server-name check', { tls: { ...tls, verifyServerName: false } }],
    ['with another key', { tls: { ...tls, certFile: '/own.pem', keyFile: '/own.key' } }],
    ['with a password that is sent as it is', { tls, auth: 'digest' }],
    ['where the address map leads elsewhere', { tls, addressMap: { 'zk1:2181': 'evil:2181' } }],
  ])('tells the same hosts %s apart', (_, less) => {
    const full = { ...owner, auth: 'sasl', tls } as const;
    expect(bindingOf({ ...owner, auth: 'sasl', ...less })).not.toBe(bindingOf(full));
    expect(bindingOf({ ...full, tls: { verifyServerName: true, ...tls } })).toBe(bindingOf(full));
  });

  it('ignores what the address map says of other hosts', () => {
    const addressMap = { 'other:2181': 'x:1' };
    expect(bindingOf({ ...owner, addressMap })).toBe(bindingOf(owner));
  });

  it('binds nothing to a faulty connect string', () => {
    expect(bindingOf(to(''))).toBeUndefined();
  });
});

describe('Secrets', () => {
  it('returns what was saved, to the same hosts in any order', async () => {
    await secrets.save(owner, secret);
    expect(await secrets.load(to('zk2,zk1/else'))).toEqual(secret);
  });

  it('keeps several identities and a passphrase', async () => {
    const full = { logins: [...secret.logins, { user: 'eve', password: 'x' }], passphrase: 'p' };
    await secrets.save(owner, { ...full, plainAccepted: false });
    expect(await secrets.load(owner)).toEqual({ ...full, plainAccepted: false });
  });

  it('keeps it from the same connection without its TLS', async () => {
    await secrets.save({ ...owner, tls: {} }, secret);
    expect(await secrets.load(owner)).toBeUndefined();
    expect(await secrets.load({ ...owner, tls: { verifyServerName: false } })).toBeUndefined();
    expect(await secrets.isBoundElsewhere(owner)).toBe(true);
  });

  it('keeps it from a profile that points the id elsewhere', async () => {
    await secrets.save(owner, secret);
    const elsewhere = to('evil:2181');
    expect(await secrets.load(elsewhere)).toBeUndefined();
    expect(await secrets.isBoundElsewhere(elsewhere)).toBe(true);
    expect(await secrets.isBoundElsewhere(owner)).toBe(false);
  });

  it('keeps it from another id', async () => {
    await secrets.save(owner, secret);
    const other = { ...owner, id: 'other' };
    expect(await secrets.load(other)).toBeUndefined();
    expect(await secrets.isBoundElsewhere(other)).toBe(false);
  });

  it('forgets it', async () => {
    await secrets.save(owner, secret);
    await secrets.remove('prod');
    expect(stored.size).toBe(0);
  });

  it.each(['', 'null', '{"binding":1}', '{"binding":"plain","logins":[{"user":"x"}]}'])(
    'takes the unreadable entry %j for none',
    async (text) => {
      await secrets.save(owner, secret);
      for (const key of stored.keys()) stored.set(key, text);
      expect(await secrets.load(owner)).toBeUndefined();
      expect(await secrets.isBoundElsewhere(owner)).toBe(false);
    },
  );
});
