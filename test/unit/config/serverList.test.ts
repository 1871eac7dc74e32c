import { describe, expect, it } from 'vitest';
import { isProblems } from '../../../src/domain/capacity/result';
import { configChanges } from '../../../src/domain/config/configChanges';
import { SERVER_TARGETS, type Target } from '../../../src/domain/config/file';
import { lintZooCfg } from '../../../src/domain/config/lint/lint';
import { merge } from '../../../src/domain/config/merge';
import { configFiles } from '../../../src/domain/config/write';
import { parseZooCfg } from '../../../src/domain/config/zooCfgParse';
import { filesOf, sampleFacts, writtenOf } from './configSupport';

type Files = Readonly<Record<string, string>>;
const three = sampleFacts('queue');
const alone = sampleFacts('queue', {
  ...{ voters: 1, survivesZoneLoss: false, outageGoalMinutesPerYear: 100_000 },
});
const targets = new Set<Target>(SERVER_TARGETS);
const OPTIONS = { targets, planFile: 'queue.zkplan.json', name: 'queue' };

/** The files after a plan was written over those that are there. */
function after(existing: Files, facts = three, chosen: readonly Target[] = SERVER_TARGETS): Files {
  const map = new Map(Object.entries(existing));
  const files = filesOf(facts, { targets: new Set(chosen), existing: map });
  const texts = files.map((file) => [file.path, merge(map.get(file.path), file) ?? ''] as const);
  return { ...existing, ...Object.fromEntries(texts) };
}

/** What stops writing over these files. */
function problemsOf(existing: Files): string[] {
  const found = configFiles(three, { ...OPTIONS, existing: new Map(Object.entries(existing)) });
  return isProblems(found) ? found.map(({ where, message }) => `${where}: ${message}`) : [];
}

/** The keys of a file that start so, with their values. */
const keysOf = (text: string | undefined, start: RegExp): string[] =>
  parseZooCfg(text ?? '')
    .entries.filter(({ key }) => start.test(key))
    .map(({ key, value }) => `${key}=${value}`);
const LIST = /^server|^group|^weight|^dynamicConfigFile/;

describe('a zoo.cfg without a list', () => {
  const own = 'dataDir=/srv/zk\nclientPort=2182\n';

  it('is a server with data that becomes number 1, with the port that it has', () => {
    const files = after({ 'zoo.cfg': own });
    expect(keysOf(files['zoo.cfg.dynamic'], LIST)).toEqual([
      'server.1=zk1:2888:3888:participant',
      'server.2=zk2:2888:3888:participant',
      'server.3=zk3:2888:3888:participant',
    ]);
    expect(keysOf(files['zoo.cfg'], /clientPort/)).toEqual(['clientPort=2182']);
    expect(files['PLAN.md']).toContain(
      '### 1. Add server 2 (zk2) to server 1 (zk1): 2 voters, 2 make a quorum',
    );
    expect(files['PLAN.md']).toContain('reconfig -add 3=zk3:2888:3888:participant;2182');
    expect(after(files)).toEqual(files);
  });

  it('stays one server where the plan has one', () => {
    const files = after({ 'zoo.cfg': own }, alone);
    expect(keysOf(files['zoo.cfg'], LIST)).toEqual([]);
    expect(files['PLAN.md']).not.toContain('## Runbook');
  });

  it('may serve alone once the list went, whoever forbade it', () => {
    const lines = [1, 2, 3].map((id) => `server.${id}=h${id}:2888:3888;2181\n`).join('');
    const list = `${own}standaloneEnabled=false\n${lines}`;
    for (const existing of [{ 'zoo.cfg': list }, after({ 'zoo.cfg': list })]) {
      const files = after(existing, alone);
      const text = files['zoo.cfg'] ?? '';
      expect(keysOf(text, LIST)).toEqual([]);
      expect(keysOf(text, /^standaloneEnabled/)).toEqual(['standaloneEnabled=true']);
      const plan = { file: 'queue.zkplan.json', facts: alone };
      expect(lintZooCfg(text, false, { plan }).map(({ severity }) => severity)).not.toContain(
        'error',
      );
      expect(lintZooCfg(text, false, { plan }).map(({ code }) => code)).not.toContain('planValue');
      expect(after(files, alone)['zoo.cfg']).toBe(text);
    }
  });

  it('opens no port beside that of TLS', () => {
    const secure = 'dataDir=/srv/zk\nsecureClientPort=2281\n';
    for (const facts of [three, alone]) {
      const files = after({ 'zoo.cfg': secure }, facts);
      expect(`${files['zoo.cfg']}${files['zoo.cfg.dynamic']}`).not.toMatch(/2181|^clientPort/m);
      expect(files['PLAN.md']).not.toMatch(/reconfig -add|2181/);
    }
  });

  it('is of no server without a dataDir', () => {
    expect(after({ 'zoo.cfg': 'ssl.clientAuth=want\n' })['PLAN.md']).not.toContain('## Runbook');
  });
});

describe('one server of three that is left', () => {
  const ports = (line: string, more = ''): Files => {
    const lines = [1, 2, 3].map((id) => `server.${id}=h${id}:2888:3888${line}\n`).join('');
    return { 'zoo.cfg': `dataDir=/zk\n${more}${lines}` };
  };
  const PORTS = /^(?:secureC|c)lientPort/;

  it.each([
    [';2185', '', ['clientPort=2185']],
    [';127.0.0.1:2181', '', ['clientPort=2181', 'clientPortAddress=127.0.0.1']],
    [
      ';[::1]:2181;10.0.0.1:2281',
      '',
      [
        ...['clientPort=2181', 'clientPortAddress=::1'],
        ...['secureClientPort=2281', 'secureClientPortAddress=10.0.0.1'],
      ],
    ],
    [';;2281', '', ['secureClientPort=2281']],
    [';127.0.0.1:2181', 'secureClientPort=2281\n', ['secureClientPort=2281']],
    ['', 'clientPort=2182\nclientPortAddress=::1\n', ['clientPort=2182', 'clientPortAddress=::1']],
  ])('is open where it was, with %j and %j', (line, more, expected) => {
    const one = after(ports(line, more), alone);
    expect(keysOf(one['zoo.cfg'], PORTS)).toEqual(expected);
    expect(after(one, alone)['zoo.cfg']).toBe(one['zoo.cfg']);
    const again = after(one);
    expect(keysOf(again['zoo.cfg'], PORTS)).toEqual(expected);
    expect(after(again)['zoo.cfg']).toBe(again['zoo.cfg']);
  });
});

describe('the log of a server with data', () => {
  it('stays where it is; PLAN.md says how it moves', () => {
    const files = after({ 'zoo.cfg': 'dataDir=/srv/zk\n' });
    expect(keysOf(files['zoo.cfg'], /^data/)).toEqual(['dataDir=/srv/zk']);
    expect(files['PLAN.md']).toContain('Move `version-2/log.*` of its `dataDir`');
    expect(after(files)).toEqual(files);
  });

  it('has a folder of its own in a new file, and where one is named', () => {
    for (const existing of [{}, { 'zoo.cfg': 'dataDir=/zk\ndataLogDir=/log\n' }]) {
      const files = after(existing);
      expect(keysOf(files['zoo.cfg'], /^dataLogDir/)).toHaveLength(1);
      expect(files['PLAN.md']).not.toContain('version-2');
    }
  });
});

describe('the dynamic file', () => {
  const line = (id: number) => `server.${id}=h${id}:2888:3888:participant;2181\n`;
  const versioned = 'zoo.cfg.dynamic.100000002';
  const stale = { 'zoo.cfg.dynamic': line(7) + line(8) + line(9) };

  it('is the one that zoo.cfg names, and the list goes to it', () => {
    const existing = {
      ...stale,
      'zoo.cfg': `dataDir=/zk\ndataLogDir=/log\ndynamicConfigFile=/opt/zk/conf/${versioned}\n`,
      [versioned]: line(1) + line(2),
    };
    for (const chosen of [SERVER_TARGETS, ['zoo'] as const]) {
      const files = after(existing, three, chosen);
      expect(keysOf(files['zoo.cfg'], LIST)).toEqual([
        `dynamicConfigFile=/opt/zk/conf/${versioned}`,
      ]);
      expect(keysOf(files[versioned], LIST)).toEqual(
        [line(1), line(2), 'server.3=zk3:2888:3888:participant;2181'].map((one) => one.trim()),
      );
      expect(files['zoo.cfg.dynamic']).toBe(stale['zoo.cfg.dynamic']);
    }
  });

  it('counts where there is no zoo.cfg, and not where zoo.cfg has another list', () => {
    expect(keysOf(after(stale)['zoo.cfg.dynamic'], LIST)).toEqual(
      [line(7), line(8), line(9)].map((one) => one.trim()),
    );
    const files = after({ ...stale, 'zoo.cfg': `dataDir=/zk\n${line(1)}${line(2)}${line(3)}` });
    expect(keysOf(files['zoo.cfg.dynamic'], LIST)[0]).toBe(line(1).trim());
    expect(keysOf(files['zoo.cfg'], LIST)).toEqual([
      'dynamicConfigFile=/etc/zookeeper/conf/zoo.cfg.dynamic',
    ]);
  });

  it('takes no groups of another list along', () => {
    const list = line(1) + line(2) + line(3);
    const groups = 'group.1=7:8:9\nweight.7=2\n';
    const files = after({ 'zoo.cfg': `dataDir=/zk\n${list}`, 'zoo.cfg.dynamic': line(7) + groups });
    expect(keysOf(files['zoo.cfg.dynamic'], LIST)).toHaveLength(3);
  });

  it('is of another time once one server is left, which keeps its port', () => {
    const first = after({
      'zoo.cfg': `dataDir=/zk\ndynamicConfigFile=conf/zoo.cfg.dynamic\n`,
      'zoo.cfg.dynamic': (line(1) + line(2) + line(3)).replaceAll('2181', '2185'),
    });
    const one = after(first, alone);
    expect(keysOf(one['zoo.cfg'], LIST)).toEqual([]);
    expect(keysOf(one['zoo.cfg'], /^clientPort/)).toEqual(['clientPort=2185']);
    expect(one['zoo.cfg.dynamic']).toBe(first['zoo.cfg.dynamic']);
    const again = after(one);
    expect(again['PLAN.md']).toContain('### 1. Add server 2 (zk2) to server 1 (zk1)');
    expect(again['zoo.cfg.dynamic']).not.toContain('h2');
  });

  it.each([
    ['/opt/conf/zoo.cfg.dynamic.1', 'zoo.cfg.dynamic.1'],
    ['C:\\\\zk\\\\zoo.cfg.dynamic', 'zoo.cfg.dynamic'],
    ['..', 'no file'],
    ['/opt/', 'no file'],
    ['zoo.cfg', 'no file'],
  ])('is asked for when zoo.cfg names %s and it is not there', async (value, shown) => {
    const text = `dynamicConfigFile=${value}\n`;
    expect(problemsOf({ 'zoo.cfg': text, 'zoo.cfg.dynamic.2': line(1) })).toEqual([
      `zoo.cfg: it names ${shown} as its dynamicConfigFile, which is not beside it. ` +
        'Copy that file from a server into the same folder, so that its servers are known.',
    ]);
    // Nothing but plain names is looked for.
    const asked: string[] = [];
    await configChanges(three, OPTIONS, (paths) => {
      asked.push(...paths);
      return Promise.resolve(new Map(paths.includes('zoo.cfg') ? [['zoo.cfg', text]] : []));
    });
    expect(asked.slice(1)).toEqual(shown === 'no file' ? [] : [shown]);
  });

  it('is not asked for, nor is any other file looked at, where no list is written', async () => {
    const asked: string[] = [];
    const read = (paths: readonly string[]) => {
      asked.push(...paths);
      return Promise.resolve(new Map());
    };
    await configChanges(three, { ...OPTIONS, targets: new Set<Target>(['java']) }, read);
    expect(asked).toEqual(['java.env']);
    const existing = new Map([['zoo.cfg', 'dynamicConfigFile=/opt/zoo.cfg.dynamic\n']]);
    const others = new Set<Target>(['java', 'kubernetes', 'prometheus']);
    expect(isProblems(configFiles(three, { ...OPTIONS, targets: others, existing }))).toBe(false);
  });
});

describe('a list that cannot be read', () => {
  it.each([
    ['server.1=${ZK1}:2888:3888', 'line 2: server.1'],
    ['server.x=a:2888:3888', 'line 2: server.x'],
    ['server.1=a:2888', 'line 2: server.1'],
  ])('%s stops all writing', (line, where) => {
    const [problem = '', ...more] = problemsOf({ 'zoo.cfg': `dataDir=/zk\n${line}\n` });
    expect(problem.startsWith(`zoo.cfg: ${where} can't be read as a server`)).toBe(true);
    expect(more).toEqual([]);
  });

  it('is named by the file that has it', () => {
    const existing = { 'zoo.cfg': 'dynamicConfigFile=a.dynamic', 'a.dynamic': '# a\nserver.1=b' };
    expect(problemsOf(existing)).toEqual([expect.stringMatching(/^a\.dynamic: line 2: server\.1/)]);
  });

  it('is longer than any ensemble, or has more errors than anyone reads', () => {
    const lines = (value: string) =>
      Array.from({ length: 300 }, (_, id) => `server.${id}=${value}\n`).join('');
    expect(problemsOf({ 'zoo.cfg': lines('a:1:2') })).toEqual([
      'zoo.cfg: it names more than 255 servers.',
    ]);
    expect(problemsOf({ 'zoo.cfg': lines('a') })).toHaveLength(5);
  });

  it('may not stand in two files, as ZooKeeper refuses that', () => {
    const existing = {
      'zoo.cfg': 'dynamicConfigFile=a.dynamic\nserver.1=a:1:2\n',
      'a.dynamic': 'server.1=a:1:2\n',
    };
    expect(problemsOf(existing)).toEqual([expect.stringMatching(/^zoo\.cfg: line 2: server\.1/)]);
  });
});

describe('a list with groups or weights', () => {
  const list =
    '# [plan] zone 1\nserver.1=a:2888:3888\n\nserver.2 = b:2888:3888\nserver.3=c:2888\\\n  :3888\ngroup.1=1:2:3\n';

  it.each([
    ['in zoo.cfg', { 'zoo.cfg': `tickTime=1\n${list}weight.1=2\n` }, 'zoo.cfg'],
    [
      'in the dynamic file',
      { 'zoo.cfg': 'tickTime=1\ndynamicConfigFile=a.dynamic\n', 'a.dynamic': list },
      'a.dynamic',
    ],
    ['in a dynamic file alone', { 'zoo.cfg.dynamic': list }, 'zoo.cfg.dynamic'],
  ] as [string, Files, string][])(
    '%s stays as it is, and all else is written',
    (_, existing, path) => {
      const five = sampleFacts('queue', { voters: 5 });
      const files = after(existing, five);
      expect(files[path]).toContain(list);
      for (const file of ['zoo.cfg', 'a.dynamic', 'zoo.cfg.dynamic']) {
        const had = keysOf(existing[file], LIST);
        const names = file === 'zoo.cfg' && existing['zoo.cfg'] === undefined;
        const named = 'dynamicConfigFile=/etc/zookeeper/conf/zoo.cfg.dynamic';
        expect(keysOf(files[file], LIST)).toEqual(names ? [named] : had);
      }
      expect(files['zoo.cfg']).toContain('\ntickTime=2000\n');
      expect(files['PLAN.md']).toContain('## The list of servers stays as it is');
      expect(files['PLAN.md']).not.toContain('## Runbook');
      expect(files['PLAN.md']).not.toContain('zk4');
      const { notes } = writtenOf(five, { targets, existing: new Map(Object.entries(existing)) });
      expect(notes).toEqual([{ kind: 'listKept', path }]);
      expect(after(files, five)).toEqual(files);
    },
  );
});
