import { describe, expect, it } from 'vitest';
import { membershipChange, runbook } from '../../../src/domain/config/runbook';
import { parseServerLine } from '../../../src/domain/config/serverLine';
import { type KnownServers, planServers } from '../../../src/domain/config/servers';
import { sampleFacts } from './configSupport';

/** Servers with these ids; those from 100 on are observers. */
const servers = (...ids: number[]): KnownServers =>
  new Map(
    ids.map((id) => {
      const text = `h${id}:2888:3888:${id < 100 ? 'participant' : 'observer'};2181`;
      const line = parseServerLine(text);
      if (line === undefined) throw new Error(text);
      return [id, { line, text }];
    }),
  );

/** The way from servers to a plan with so many voters, without observers. */
function way(known: KnownServers, voters: number, leaderServes = true): string[] {
  const planned = planServers(sampleFacts('queue', { voters }), known);
  const change = membershipChange(known, planned);
  return change === undefined ? [] : runbook(change, planned, { leaderServes, clientPort: 2182 });
}
const steps = (lines: readonly string[]): string[] =>
  lines.filter((line) => line.startsWith('### '));
/** The lists of servers, one for each step. */
const lists = (lines: readonly string[]): string[][] =>
  lines
    .join('\n')
    .split('```properties')
    .slice(1)
    .map((part) => [...part.matchAll(/server\.(\d+)=/g)].map(([, id = '']) => id));

describe('the runbook', () => {
  it('adds voters one at a time, each with the list of its step', () => {
    const lines = way(servers(1, 2, 3), 5);
    expect(steps(lines)).toEqual([
      '### Before',
      '### 1. Add server 4 (zk4): 4 voters, 3 make a quorum',
      '### 2. Add server 5 (zk5): 5 voters, 3 make a quorum',
      '### After',
    ]);
    expect(lists(lines)).toEqual([
      ['1', '2', '3', '4'],
      ['1', '2', '3', '4', '5'],
    ]);
    const text = lines.join('\n');
    expect(text.match(/\*\*the leader last\*\*/g)).toHaveLength(2);
    expect(text).toContain('until a new leader answers, with 4 in sync');
    expect(text).toContain('reconfig -add 5=zk5:2888:3888:participant;2181');
  });

  it('removes voters one at a time, the highest numbers first, and observers together', () => {
    const lines = way(servers(1, 2, 3, 4, 9, 100, 101), 3);
    expect(steps(lines)).toEqual([
      '### Before',
      '### 1. Remove server 9 (h9): 4 voters, 3 make a quorum',
      '### 2. Remove server 4 (h4): 3 voters, 2 make a quorum',
      '### 3. Remove observers: 101, 100',
      '### After',
    ]);
    expect(lists(lines)[1]).toEqual(['1', '2', '3', '100', '101']);
  });

  it('keeps one majority: the lists of two steps differ by one voter', () => {
    for (const [from, to] of [
      [1, 7],
      [7, 3],
      [3, 5],
    ] as const) {
      const known = servers(...Array.from({ length: from }, (_, i) => i + 1));
      const sizes = [from, ...lists(way(known, to)).map((ids) => ids.length)];
      sizes.slice(1).forEach((size, at) => expect(Math.abs(size - (sizes[at] ?? 0))).toBe(1));
      expect(sizes.at(-1)).toBe(to);
    }
  });

  it('starts the first two together, as the one with the data must be in their quorum', () => {
    const lines = way(servers(1), 3);
    expect(steps(lines)).toEqual([
      '### Before',
      '### 1. Add server 2 (zk2) to server 1 (h1): 2 voters, 2 make a quorum',
      '### 2. Add server 3 (zk3): 3 voters, 2 make a quorum',
      '### After',
    ]);
    const [before = '', first = '', second = ''] = lines.join('\n').split('### ').slice(1);
    expect(before).toContain('Note its `Zxid` and `Node count`');
    expect(before).not.toContain('zk_synced_followers');
    expect(first).toContain('put `myid` with 1 into its `dataDir`');
    expect(first).toContain('**Never start two servers without data first**');
    expect(first.indexOf('Stop server 1')).toBeLessThan(first.indexOf('start servers 1 and 2'));
    expect(first.indexOf('start servers 1 and 2')).toBeLessThan(first.indexOf('Mode: follower'));
    expect(first).not.toContain('reconfig -add');
    expect(second).toContain('reconfig -add 3=');
    expect(lists(lines)).toEqual([
      ['1', '2'],
      ['1', '2', '3'],
    ]);
  });

  it('restarts one voter before it gets observers: alone it takes none', () => {
    const facts = sampleFacts('queue', {
      ...{ voters: 1, survivesZoneLoss: false, outageGoalMinutesPerYear: 100_000 },
      measuredReadsPerServerPerSecond: 300,
    });
    const planned = planServers(facts, servers(1));
    expect(planned.length).toBeGreaterThan(1);
    const change = membershipChange(servers(1), planned);
    const how = { leaderServes: true, clientPort: 2181 };
    const text = change === undefined ? '' : runbook(change, planned, how).join('\n');
    expect(text).toMatch(
      /### 1\. Add observers: .*\n\n- Restart the one voter with the list of all/,
    );
    expect(way(servers(1, 2, 3), 5).join()).not.toContain('Restart the one voter');
  });

  it('gives reconfig the third port that it needs, and says what right it needs', () => {
    const known = new Map(
      [1, 2, 3].map((id) => {
        const text = `h${id}:2888:3888`;
        const line = parseServerLine(text);
        if (line === undefined) throw new Error(text);
        return [id, { line, text }] as const;
      }),
    );
    const text = way(known, 5).join('\n');
    expect(text).toContain('`reconfig -add 4=zk4:2888:3888:participant;2182`');
    expect(text).toContain('server.4=zk4:2888:3888:participant\n');
    expect(text).toContain('right to write `/zookeeper/config`');
  });

  it('says where to ask a leader that does not serve', () => {
    expect(way(servers(1, 2, 3), 5).join()).not.toContain('AdminServer');
    expect(way(servers(1, 2, 3), 5, false).join()).toContain('Ask its AdminServer instead');
  });

  it('is not there for a first ensemble nor without a change', () => {
    expect(way(new Map(), 3)).toEqual([]);
    expect(way(servers(1, 2, 3), 3)).toEqual([]);
    expect(way(servers(2, 5, 7), 3)).toEqual([]);
  });
});

describe('planned servers', () => {
  const zones = (known: KnownServers, voters: number) =>
    planServers(sampleFacts('queue', { voters }), known).map(({ id, zone }) => [id, zone]);

  it('go round the zones, so that those that are there stay where they are', () => {
    const three = zones(new Map(), 3);
    const five = zones(new Map(), 5);
    expect(three).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(five.slice(0, 3)).toEqual(three);
    expect(five.slice(3)).toEqual([
      [4, 1],
      [5, 2],
    ]);
  });

  it('keep ids and lines, and get ids above them and the others’ ports', () => {
    const known = new Map([
      [
        2,
        {
          line: { host: 'a', quorumPort: 1, electionPort: 2, role: 'participant' as const },
          text: 'a:1:2|b:1:2',
        },
      ],
    ]);
    expect(planServers(sampleFacts('queue'), known).map(({ id, text }) => `${id}=${text}`)).toEqual(
      ['2=a:1:2|b:1:2', '3=zk3:1:2:participant', '4=zk4:1:2:participant'],
    );
  });

  it.each([
    ['other ids', { 11: 'zk1', 12: 'zk2', 13: 'zk3' }, ['14=zk14', '15=zk15']],
    ['names of new ones', { 1: 'zk4', 2: 'ZK5', 3: 'zk6' }, ['7=zk7', '8=zk8']],
    ['the last id', { 1: 'a', 2: 'zk3', 254: 'b' }, ['4=zk4', '255=zk255']],
    ['an id beyond the last one', { 1: 'a', 2: 'b', 1001: 'c' }, ['3=zk3', '4=zk4']],
  ])('get names and ids that nobody has, beside %s', (_, hosts, expected) => {
    const known: KnownServers = new Map(
      Object.entries(hosts).map(([id, host]) => {
        const line = { host, quorumPort: 2888, electionPort: 3888, role: 'participant' as const };
        return [Number(id), { line, text: host }];
      }),
    );
    const facts = sampleFacts('queue', { voters: 5 });
    const planned = planServers(facts, known);
    const added = planned.filter(({ id }) => !known.has(id));
    expect(added.map(({ id, line }) => `${id}=${line.host}`)).toEqual(expected);
  });

  it('keep their zones once they are known, whatever their ids', () => {
    for (const known of [servers(2, 3, 4), servers(1, 5, 9), servers(7, 8, 9, 20, 100)]) {
      const first = planServers(sampleFacts('queue', { voters: 7 }), known);
      const again = new Map(first.map((one) => [one.id, one]));
      expect(planServers(sampleFacts('queue', { voters: 7 }), again)).toEqual(first);
    }
  });
});
