import { beforeEach, describe, expect, it } from 'vitest';
import { bindingOf, Secrets } from '../../src/ui/secrets';

const secret = { user: 'bob', password: 's3cret', plainAccepted: true };
const owner = { id: 'prod', connectString: 'zk1:2181,zk2:2181/app' };
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
      expect(bindingOf(text)).toBe(bindingOf(owner.connectString));
    },
  );

  it.each(['zk1:2181', 'zk1:2181,zk3:2181', 'zk1:2182,zk2:2181', 'zk1,zk2,zk3'])(
    'tells %j apart',
    (text) => {
      expect(bindingOf(text)).not.toBe(bindingOf(owner.connectString));
    },
  );

  it('binds nothing to a faulty connect string', () => {
    expect(bindingOf('')).toBeUndefined();
  });
});

describe('Secrets', () => {
  it('returns what was saved, to the same hosts in any order', async () => {
    await secrets.save(owner, secret);
    expect(await secrets.load({ id: 'prod', connectString: 'zk2,zk1/else' })).toEqual(secret);
  });

  it('keeps it from a profile that points the id elsewhere', async () => {
    await secrets.save(owner, secret);
    const elsewhere = { id: 'prod', connectString: 'evil:2181' };
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

  it.each(['', 'null', '{"binding":1}', '{"binding":"plain zk1:2181","user":"x"}'])(
    'takes the unreadable entry %j for none',
    async (text) => {
      await secrets.save(owner, secret);
      for (const key of stored.keys()) stored.set(key, text);
      expect(await secrets.load(owner)).toBeUndefined();
      expect(await secrets.isBoundElsewhere(owner)).toBe(false);
    },
  );
});
