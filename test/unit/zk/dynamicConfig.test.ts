import { describe, expect, it } from 'vitest';
import { knownServers, parseDynamicConfig } from '../../../src/zk/ensemble/dynamicConfig';

const CONFIG = `server.3=zk3:2888:3888:observer;0.0.0.0:2181
server.1=127.0.0.1:23201:23211:participant;127.0.0.1:23191
server.2=[2001:db8::2]:2888:3888:participant;[::]:2181
version=100000000
`;

const membersOf = (text: string) => parseDynamicConfig(text).members;
const votesOf = (...lines: readonly string[]) =>
  parseDynamicConfig([CONFIG, ...lines].join('\n')).votes;

describe('parseDynamicConfig', () => {
  it('reads members in the order of their ids', () => {
    expect(membersOf(CONFIG)).toEqual([
      {
        id: 1,
        isVoter: true,
        host: '127.0.0.1',
        client: { host: '127.0.0.1', port: 23191 },
        ownPort: 23_191,
      },
      {
        id: 2,
        isVoter: true,
        host: '2001:db8::2',
        client: { host: '2001:db8::2', port: 2181 },
        ownPort: 2181,
      },
      { id: 3, isVoter: false, host: 'zk3', client: { host: 'zk3', port: 2181 }, ownPort: 2181 },
    ]);
  });

  it('loses none of large ids, several addresses and ports of TLS', () => {
    const text = [
      'server.1=a:2888:3888|a2:2888:3888:participant;0.0.0.0:2181',
      'server.1001=b:2888:3888:participant;0.0.0.0:2181;0.0.0.0:2281',
      'server.20000=c:2888:3888:observer;;0.0.0.0:2281',
    ];
    expect(membersOf(text.join('\n'))).toMatchObject([
      { id: 1, isVoter: true, client: { host: 'a', port: 2181 } },
      { id: 1001, isVoter: true, client: { host: 'b', port: 2181 } },
      { id: 20_000, isVoter: false, host: 'c', client: undefined },
    ]);
  });

  it.each([
    ['zk1:2888:3888', { host: 'zk1', isVoter: true, client: undefined }],
    ['zk1:2888:3888;2181', { client: { host: 'zk1', port: 2181 } }],
    ['zk1:2888:3888|zk1b:2888:3888:participant;2181', { host: 'zk1', isVoter: true }],
    ['zk1:2888:3888|zk1b:2888:3888:observer;2181', { isVoter: false }],
    ['zk1:2888:3888:participant;[0:0:0:0:0:0:0:0]:2181', { client: { host: 'zk1', port: 2181 } }],
  ])('reads %s', (value, expected) => {
    expect(membersOf(`server.1=${value}`)).toMatchObject([expected]);
  });

  it.each(['', 'zk1', '../../etc:1:2', 'zk1:2888', '$(x):1:2', 'zk 1:1:2', '127.0.0.1:a:b'])(
    'passes by %j',
    (value) => {
      expect(membersOf(`server.1=${value}`)).toEqual([]);
    },
  );

  it('reads groups and weights, as QuorumHierarchical writes them', () => {
    expect(votesOf()).toBeUndefined();
    expect(votesOf('group.1=1:2', 'group.2=4', 'weight.1=1', 'weight.2=0')).toEqual({
      groups: [[1, 2], [4]],
      weights: new Map([
        [1, 1],
        [2, 0],
      ]),
    });
  });

  it.each([
    'group.1=1:x',
    'group.x=1',
    'weight.1=-1',
    'group.1=1:2\ngroup.2=2:3',
    'server.x=a:1:2',
  ])('does not know how votes count with %j', (line) => {
    expect(votesOf(line)).toBe('unreadable');
  });

  it('is bounded, whatever a server sends', () => {
    const many = Array.from({ length: 5000 }, (_, i) => `server.${i % 1000}=h${i}:1:2;2181`);
    expect(membersOf(many.join('\n'))).toHaveLength(100);
    expect(membersOf('server.1='.repeat(100_000))).toEqual([]);
    const group = `group.1=${Array.from({ length: 400 }, (_, id) => id).join(':')}`;
    expect(votesOf(group)).toBe('unreadable'); // a longer line than any ensemble has
  });
});

describe('knownServers', () => {
  const members = membersOf(CONFIG);
  const addresses = (...args: Parameters<typeof knownServers>): string[] =>
    knownServers(...args).map(({ address }) => address);

  it('is the connect string where there is no configuration', () => {
    expect(addresses('a:1,b:2/chroot', [])).toEqual(['a:1', 'b:2']);
  });

  it('is all members where one of them is connected to', () => {
    expect(addresses('127.0.0.1:23191/app', members)).toEqual([
      ...['127.0.0.1:23191', '[2001:db8::2]:2181', 'zk3:2181'],
    ]);
  });

  it('stays with the connect string where members have other names there', () => {
    const hosts = 'localhost:1,localhost:2,localhost:3';
    expect(addresses(hosts, members)).toEqual(['localhost:1', 'localhost:2', 'localhost:3']);
    expect(addresses(hosts, members, { addressMap: { 'zk3:2181': 'localhost:3' } })[2]).toBe(
      'zk3:2181',
    );
  });

  it('uses the port of the connect string with TLS, and where none is configured', () => {
    expect(addresses('zk3:2281', members, { isTls: true })).toEqual([
      ...['127.0.0.1:2281', '[2001:db8::2]:2281', 'zk3:2281'],
    ]);
    const old = membersOf('server.1=zk1:2888:3888\nserver.2=zk2:2888:3888\n');
    expect(addresses('zk1:2182', old)).toEqual(['zk1:2182', 'zk2:2182']);
  });
});
