import { describe, expect, it } from 'vitest';
import { fileOf, filesOf, sampleFacts } from './configSupport';

/** The comment above the line that begins with `start`. */
function reasonOf(text: string, start: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const at = lines.findIndex((line) => line.startsWith(start));
  return lines[at - 1] ?? '';
}

describe('alerts and panels', () => {
  it.each(['prometheus-rules.yml', 'grafana-dashboard.json'])(
    'in %s count writes by what the servers of the plan count',
    (path) => {
      const one = { voters: 1, survivesZoneLoss: false, outageGoalMinutesPerYear: 100_000 };
      const textOf = (ensemble: object) =>
        fileOf(filesOf(sampleFacts('queue', ensemble)), path).text;
      const [alone, led, observed] = [
        textOf(one),
        textOf({ voters: 3 }),
        textOf({ ...one, measuredReadsPerServerPerSecond: 300 }),
      ];
      expect(alone).not.toContain('proposal_count');
      expect(alone.match(/sum\(rate\(updatelatency_count/g)).toHaveLength(2);
      for (const text of [led, observed]) {
        expect(text.match(/sum\(rate\(proposal_count/g)).toHaveLength(2);
        expect(text).not.toContain('sum(rate(updatelatency_count');
      }
    },
  );
});

describe('reasons beside values that miss a goal', () => {
  const met = filesOf(sampleFacts('metadata'));
  const missed = filesOf(
    sampleFacts('metadata', {
      ...{ clientsPerAddress: 500, openFiles: 200, memoryBytes: 600 * 2 ** 20 },
      globalOutstandingLimit: 2,
    }),
  );
  const reasons = (path: string, start: string): string[] =>
    [met, missed].map((files) => reasonOf(fileOf(files, path).text, start));

  it('says that clients will be refused', () => {
    const [fine, short] = reasons('zoo.cfg', 'maxClientCnxns=');
    expect(fine).toContain('one address opens up to 20 connections');
    expect(short).toContain('below the 500 connections that one address opens');
    expect(short).toContain('clients will be refused');
  });

  it.each([
    ['zookeeper.service', 'LimitNOFILE='],
    ['docker-compose.yml', 'nofile:'],
  ])('says it of open files in %s', (path, start) => {
    const [fine, short] = reasons(path, start);
    expect(fine).toMatch(/306 connections at one server/);
    expect(short).toMatch(/below the 406 files that 306 connections .* will be refused/);
  });

  it('says how many requests in process would do', () => {
    const [fine, short] = reasons('zoo.cfg', 'globalOutstandingLimit=');
    expect(fine).not.toContain('at least');
    expect(short).toMatch(/ask for at least \d+: clients will be slowed down/);
  });

  it.each([
    ['zookeeper.service', 'MemoryMax='],
    ['docker-compose.yml', 'mem_limit:'],
    ['kubernetes.yml', 'requests:'],
  ])('says in %s that the process needs more than the server has', (path, start) => {
    const [fine, short] = reasons(path, start);
    expect(fine).toMatch(/and 128 MiB(; a server must not swap)?$/);
    expect(short).toMatch(/more than the 600 MiB of a server in the plan/);
  });

  it('says what the heap leaves', () => {
    const [fine, short] = reasons('java.env', 'ZK_SERVER_HEAP=');
    expect(fine).toContain('The rest of 8 GiB is for the page cache');
    expect(short).toMatch(/Too much of the 600 MiB .*: at least 1 GiB/);
    const none = fileOf(
      filesOf(sampleFacts('metadata', { memoryBytes: 512 * 2 ** 20 })),
      'java.env',
    );
    expect(reasonOf(none.text, 'ZK_SERVER_HEAP=')).toMatch(/More than the 512 MiB|All of the 512/);
  });
});
