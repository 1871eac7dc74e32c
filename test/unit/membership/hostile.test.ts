import { describe, expect, it } from 'vitest';
import { detectMembership, type MembershipKind } from '../../../src/domain/membership/detect';
import { type FieldNames } from '../../../src/domain/membership/generic';
import { parseMembers } from '../../../src/domain/membership/parse';
import { child, inputOf } from './children';

const KINDS: readonly MembershipKind[] = [
  'dubbo',
  'sofaRpc',
  'kafka',
  'solrLiveNodes',
  'solrState',
  'serverset',
  'codisGroup',
  'codisProxy',
  'hbase',
  'helix',
  'helixConfig',
  'druid',
  'motan',
  'elasticJob',
  'curator',
  'addressNames',
  'json',
];

const json = (value: unknown, name = 'a') =>
  inputOf('/nodes', [child(name, JSON.stringify(value))]);
const membersOf = (value: unknown, fields?: FieldNames) =>
  parseMembers('json', json(value), fields).members;
const reasonOf = (kind: MembershipKind, name: string, data?: string | Uint8Array) =>
  parseMembers(kind, inputOf('/nodes', [child(name, data)])).problems[0]?.reason;

describe('hostile registrations', () => {
  const awkward: (string | Uint8Array | undefined)[] = [
    undefined,
    '',
    'null',
    '[]',
    '{}',
    '[{"address":"10.0.0.1:1"}]',
    '{"servers":[null],"vector":[null],"shards":[],"endpoints":[[]],"simpleFields":[]}',
    '{"x":{"shards":{"s":{"replicas":{"r":null}}}}}',
    '{"x":{"shards":{"s":{"replicas":{"r":{"node_name":"nowhere"}}}}}}',
    '{"__proto__":{"address":"10.0.0.1","port":80}}',
    '{"address":{"toString":"x"},"port":{}}',
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    new Uint8Array([0xff, 0xfe, 0]),
    new Uint8Array([0x1f, 0x8b, 8, 0]),
  ];
  const names = ['', '%', '%ZZ', 'dubbo%3A%2F%2F', 'member_0000000000', ':', '1,2', 'é'.repeat(9)];

  it.each(KINDS)('of kind %s give one problem for each child and no member', (kind) => {
    for (const data of awkward) {
      for (const name of names) {
        const { members, problems } = parseMembers(kind, inputOf('/nodes', [child(name, data)]));
        expect(members).toEqual([]);
        if (kind !== 'solrState')
          expect(problems).toEqual([{ child: name, reason: expect.anything() as string }]);
      }
    }
  });

  it('say why data is no registration', () => {
    expect(reasonOf('kafka', '1')).toBe('has data that was not read');
    expect(reasonOf('kafka', '1', '')).toBe('has no data');
    expect(reasonOf('kafka', '1', 'null')).toBe('has JSON that is no object');
    expect(reasonOf('kafka', '1', '{')).toBe('has data that is no JSON');
    expect(reasonOf('kafka', '1', new Uint8Array([0xc0]))).toBe('has data that is no text');
    expect(reasonOf('kafka', '1', new Uint8Array([0x1f, 0x8b, 8]))).toBe('has compressed data');
    expect(reasonOf('kafka', '1', '['.repeat(33))).toMatch(/nested deeper than 32 levels/);
    expect(reasonOf('kafka', '1', ' '.repeat((1 << 20) + 1))).toMatch(/1048577 bytes .* too many/);
  });

  it('never read what a prototype has', () => {
    const prototype = Object.prototype as { where?: string };
    prototype.where = 'inherited';
    try {
      const [member] = membersOf({ server: '10.0.0.1:1' }, { zone: 'where' });
      expect(member).toEqual({ address: '10.0.0.1:1', state: 'up', child: 'a' });
    } finally {
      delete prototype.where;
    }
    const text = '{"__proto__":{"zone":"z"},"address":"10.0.0.1:80"}';
    const { members } = parseMembers('json', inputOf('/nodes', [child('a', text)]));
    expect(members).toEqual([{ address: '10.0.0.1:80', state: 'up', child: 'a' }]);
    expect(({} as { zone?: string }).zone).toBeUndefined();
  });

  it.each([
    '10.0.0.1:0',
    '10.0.0.1:65536',
    '10.0.0.1:8o',
    '10.0.0.1',
    ':80',
    'a b:80',
    'exämple:80',
    '::1:80',
    '[10.0.0.1]:80',
    '10.0.0.1:80\n',
    `${'a'.repeat(300)}:80`,
  ])('are not taken for an address: %j', (name) => {
    expect(parseMembers('addressNames', inputOf('/nodes', [child(name)])).members).toEqual([]);
  });

  it('report the second claim of an address, with the name cut and escaped', () => {
    const [long, evil] = ['x'.repeat(5_000), 'a\u202eb'];
    const children = [child(long, '10.0.0.1:80'), child(evil, '10.0.0.1:80')];
    const { members, problems } = parseMembers('json', inputOf('/nodes', children));
    expect(members.map((member) => member.child)).toEqual([evil]);
    expect(problems).toEqual([
      { child: long, reason: 'has the address 10.0.0.1:80 of a\\u{202e}b' },
    ]);
    const other = parseMembers(
      'json',
      inputOf('/nodes', [child(`a${long}`, '10.0.0.1:80'), child(long, '10.0.0.1:80')]),
    );
    expect(other.problems[0]?.reason.length).toBeLessThan(150);
  });

  it('prefer the member that is up among those with one address', () => {
    const data = (state: string) => JSON.stringify({ address: '10.0.0.1:80', state });
    const children = [child('a', data('down')), child('b', data('up')), child('c', data('down'))];
    const { members, problems } = parseMembers('json', inputOf('/nodes', children), {
      state: 'state',
    });
    expect(members).toEqual([{ address: '10.0.0.1:80', state: 'up', child: 'b' }]);
    expect(problems.map((problem) => problem.child)).toEqual(['a', 'c']);
  });

  it('keep ids from 1 on, each once', () => {
    const children = [0, 7, 7].map((id, i) =>
      child(String(i), JSON.stringify({ address: `10.0.0.${i}:80`, id })),
    );
    const found = parseMembers('json', inputOf('/nodes', children), { id: 'id' });
    expect(found.members.map(({ id }) => id)).toEqual([undefined, 7, undefined]);
    expect(found.problems).toEqual([{ child: '2', reason: 'has the id 7 of another member' }]);
  });

  it.each([
    [2, { weight: 2 }],
    ['2.5', { weight: 2.5 }],
    [0, { down: true, state: 'draining' }],
  ])('take %j for a weight', (weight, expected) => {
    expect(membersOf({ address: '10.0.0.1:80', weight })[0]).toEqual({
      address: '10.0.0.1:80',
      state: 'up',
      child: 'a',
      ...expected,
    });
  });

  it.each([-1, '1e3', 'heavy', '', true, [1]])(
    'report %j as no weight and keep the member',
    (weight) => {
      const { members, problems } = parseMembers('json', json({ address: '10.0.0.1:80', weight }));
      expect(members).toEqual([{ address: '10.0.0.1:80', state: 'up', child: 'a' }]);
      expect(problems).toEqual([
        { child: 'a', reason: 'has a weight that is no number from 0 up' },
      ]);
    },
  );

  it('read what the given fields say, and no more', () => {
    const value = { at: { h: '::1', p: '80' }, share: 3, alias: 'a1', nr: 7, dc: 'x', ok: false };
    const fields = {
      address: 'at.h',
      port: 'at.p',
      weight: 'share',
      name: 'alias',
      id: 'nr',
      zone: 'dc',
      state: 'ok',
    };
    expect(membersOf(value, fields)).toEqual([
      {
        address: '[::1]:80',
        weight: 3,
        name: 'a1',
        id: 7,
        zone: 'x',
        down: true,
        state: 'down',
        child: 'a',
      },
    ]);
    expect(membersOf({ host: '10.0.0.1', port: 1 }, { address: 'nope' })).toEqual([]);
  });
});

describe('detectMembership', () => {
  const detect = (path: string, names: readonly string[], data?: string) => {
    const input = inputOf(
      path,
      names.map((name) => child(name, data)),
    );
    return detectMembership(input.path, input.children);
  };

  it.each([
    ['/', ['app', 'zookeeper']],
    ['/app', []],
    ['/brokers/ids', ['a']],
    ['/dubbo/x/providers', ['10.0.0.1:80', 'x']],
    ['/locks', ['lock-0000000001', 'lock-0000000002']],
    ['/x/rs', ['rs1', 'rs2']],
    ['/services/a', ['b', 'c']],
  ])('takes nothing in %s for members', (path, names) => {
    expect(detect(path, names)).toBeUndefined();
  });

  it('lets one stray in ten pass, and not two', () => {
    const members = Array.from({ length: 18 }, (_, i) => `member_${String(i).padStart(10, '0')}`);
    expect(detect('/set', [...members, 'x', 'y'])).toBe('serverset');
    expect(detect('/set', [...members, 'x', 'y', 'z'])).toBeUndefined();
  });

  it('prefers names that are addresses to data with an address in it', () => {
    expect(detect('/x', ['10.0.0.1:80'], '{"host":"10.0.0.2","port":81}')).toBe('addressNames');
  });

  it('takes services for Curator’s until their data says otherwise', () => {
    expect(detect('/services/a', ['10.0.0.1:80'])).toBe('curator');
    expect(detect('/services/a', ['10.0.0.1:80'], 'v1')).toBe('addressNames');
  });

  it('looks at a bounded part of many children', () => {
    const names = Array.from({ length: 200 }, (_, i) => `10.0.0.1:${i + 1}`);
    expect(detect('/x', [...names, ...Array<string>(5_000).fill('stray')])).toBe('addressNames');
  });
});
