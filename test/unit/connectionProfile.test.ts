import { describe, expect, it } from 'vitest';
import {
  idFromName,
  mergeProfiles,
  parseProfiles,
  withoutProfile,
  withProfile,
  type ConnectionProfile,
} from '../../src/domain/connection';

const prod: ConnectionProfile = {
  id: 'prod-eu',
  name: 'Production EU',
  connectString: 'zk1:2181,zk2:2181/app',
  readOnly: true,
  ...{ production: false, keepUndo: true },
  auth: 'digest',
  origin: 'user',
};

describe('parseProfiles', () => {
  it('reads a whole entry', () => {
    const { origin, ...saved } = prod;
    expect(parseProfiles([saved], origin)).toEqual({ profiles: [prod], problems: [] });
  });

  it('takes what is left out as read-only, without credentials, and named by its id', () => {
    const { profiles } = parseProfiles([{ id: 'a', connectString: 'h' }], 'workspace');
    expect(profiles).toEqual([
      {
        id: 'a',
        name: 'a',
        connectString: 'h',
        readOnly: true,
        ...{ production: false, keepUndo: true },
        auth: 'none',
        origin: 'workspace',
      },
    ]);
  });

  it.each([undefined, null, []])('finds nothing wrong with %j', (raw) => {
    expect(parseProfiles(raw, 'user')).toEqual({ profiles: [], problems: [] });
  });

  it.each([
    ['a text', 'must be an object'],
    [null, 'must be an object'],
    [{ connectString: 'h' }, '"id"'],
    [{ id: 'Prod EU', connectString: 'h' }, '"id"'],
    [{ id: 'a'.repeat(65), connectString: 'h' }, '"id"'],
    [{ id: 'a' }, '"connectString"'],
    [{ id: 'a', connectString: ['h'] }, '"connectString"'],
    [{ id: 'a', connectString: 'h', name: 7 }, '"name"'],
    [{ id: 'a', connectString: 'h', readOnly: 'no' }, '"readOnly"'],
    [{ id: 'a', connectString: 'h', production: 'yes' }, '"production"'],
    [{ id: 'a', connectString: 'h', keepUndo: 1 }, '"keepUndo"'],
    [{ id: 'a', connectString: 'h', auth: 'kerberos' }, '"auth"'],
  ])('reports %j and keeps the entries around it', (entry, reason) => {
    const good = { id: 'good', connectString: 'h' };
    const { profiles, problems } = parseProfiles([entry, good], 'user');
    expect(profiles.map(({ id }) => id)).toEqual(['good']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('connections[0] (user settings)');
    expect(problems[0]).toContain(reason);
  });

  it('reports a setting that is no list', () => {
    expect(parseProfiles({ a: 1 }, 'workspace').problems).toHaveLength(1);
  });

  it('keeps the first of two entries with one id', () => {
    const entries = [
      { id: 'a', connectString: 'first' },
      { id: 'a', connectString: 'second' },
    ];
    const { profiles, problems } = parseProfiles(entries, 'user');
    expect(profiles.map(({ connectString }) => connectString)).toEqual(['first']);
    expect(problems).toHaveLength(1);
  });

  it('never repeats a value, which may be a secret', () => {
    const { problems } = parseProfiles([{ id: 'hunter2!', connectString: 'x' }], 'user');
    expect(problems.join()).not.toContain('hunter2');
  });

  it('puts a name on one line without direction marks', () => {
    const entry = { id: 'a', connectString: 'h', name: 'x\n\u202ey\t z' };
    expect(parseProfiles([entry], 'user').profiles[0]?.name).toBe('x y z');
  });
});

describe('mergeProfiles', () => {
  const preset = { ...prod, connectString: 'elsewhere:2181', origin: 'workspace' } as const;

  it('puts a preset in the place of the user’s profile with the same id', () => {
    const other = { ...prod, id: 'other' };
    expect(mergeProfiles([prod, other], [preset])).toEqual([preset, other]);
  });

  it('never lets a preset lift the read-only of the user’s profile', () => {
    const [merged] = mergeProfiles([prod], [{ ...preset, readOnly: false }]);
    expect(merged?.readOnly).toBe(true);
  });

  it('never lets a preset make production ordinary, nor keep what the user keeps nowhere', () => {
    const own = { ...prod, production: true, keepUndo: false };
    const [merged] = mergeProfiles([own], [{ ...preset, production: false, keepUndo: true }]);
    expect(merged).toMatchObject({ production: true, keepUndo: false });
    const [stricter] = mergeProfiles([prod], [{ ...preset, production: true, keepUndo: false }]);
    expect(stricter).toMatchObject({ production: true, keepUndo: false });
  });

  it('leaves a preset of its own as it is', () => {
    const own = { ...preset, id: 'own', readOnly: false };
    expect(mergeProfiles([prod], [own])).toEqual([prod, own]);
  });
});

describe('rewriting the setting', () => {
  const raw = [{ id: 'a', connectString: 'x', colour: 'red' }, 'broken', { id: 'b' }];

  it('keeps unknown keys and entries when it replaces one', () => {
    const changed = withProfile(raw, { ...prod, id: 'a' });
    expect(changed[0]).toEqual({
      id: 'a',
      name: 'Production EU',
      connectString: 'zk1:2181,zk2:2181/app',
      readOnly: true,
      ...{ production: false, keepUndo: true },
      auth: 'digest',
      colour: 'red',
    });
    expect(changed.slice(1)).toEqual(raw.slice(1));
  });

  it('appends a new one and leaves its input alone', () => {
    expect(withProfile(raw, prod)).toHaveLength(4);
    expect(raw).toHaveLength(3);
    expect(withProfile(undefined, prod)).toHaveLength(1);
  });

  it('removes every entry of an id', () => {
    expect(withoutProfile([...raw, { id: 'a' }], 'a')).toEqual(['broken', { id: 'b' }]);
  });
});

describe('idFromName', () => {
  it.each([
    ['Production EU', 'production-eu'],
    ['Größe — Café', 'gro-e-cafe'],
    ['  ', 'connection'],
    ['測試', 'connection'],
  ])('makes an id of %j', (name, id) => {
    expect(idFromName(name, [])).toBe(id);
  });

  it('avoids the ids that are taken', () => {
    expect(idFromName('Local', ['local', 'local-2'])).toBe('local-3');
  });

  it('stays within what parseProfiles accepts', () => {
    const id = idFromName('x'.repeat(300), [idFromName('x'.repeat(300), [])]);
    expect(parseProfiles([{ id, connectString: 'h' }], 'user').problems).toEqual([]);
  });
});
