import { array, assert, constantFrom, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblems } from '../../../src/domain/capacity/result';
import { planFacts } from '../../../src/domain/config/facts';
import type { ConfigFile } from '../../../src/domain/config/file';
import { merge } from '../../../src/domain/config/merge';
import { cfgValue, parseZooCfg } from '../../../src/domain/config/zooCfgParse';
import { PLAN_KEYS } from '../../../src/domain/config/zooKeys';
import { fileOf, filesOf, sampleFacts } from './configSupport';

const files = filesOf(sampleFacts('queue'));
const small = filesOf(sampleFacts('queue', { voters: 3 }));
const large = filesOf(sampleFacts('queue', { voters: 5, snapCount: 50_000 }));
const zoo = fileOf(files, 'zoo.cfg');

/** A server that needs no other. */
const ALONE = { voters: 1, survivesZoneLoss: false, outageGoalMinutesPerYear: 10_000 };

/** Lines that a person may have in a file: comments, blanks, own keys, keys that are ours too. */
const line = constantFrom(
  '',
  '# a comment',
  '   ! another',
  'ssl.clientAuth=want',
  'tickTime = 3000',
  'tickTime=2000',
  'initLimit : 7',
  'server.1=a.example:2888:3888',
  'server.9=b.example:2888:3888:observer;2181',
  'dataDir=/srv/zookeeper',
  'authProvider.1=org.example.A',
  '# [plan] a reason',
  'clientPort=2181',
  'secureClientPort=2281',
  'long=one\\\n  two',
  'tick\\\n  Time=3000',
  'open\\',
  '\\',
  '=======',
);
const text = tuple(array(line, { maxLength: 12 }), constantFrom('\n', '\r\n')).map(([lines, end]) =>
  lines.join('\n').replaceAll('\n', end),
);

describe('merge', () => {
  it.each(files.map((file) => [file.path, file] as const))(
    'writes %s once: its own text stays, byte for byte',
    (_, file) => {
      expect(merge(undefined, file)).toBe(file.text);
      expect(merge(file.text, file)).toBe(file.text);
    },
  );

  it('changes nothing the second time, whatever was there', () => {
    const generated = constantFrom(...files);
    assert(
      property(generated, text, string({ maxLength: 40 }), (file, before, own) => {
        for (const existing of [before, own, `${file.text}${before}`, `\ufeff${before}`]) {
          const once = merge(existing, file);
          if (once !== undefined) expect(merge(once, file)).toBe(once);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps comments and keys that are not the plan’s, in their order', () => {
    const ours = parseZooCfg(zoo.text).values;
    const isOurs = (key: string): boolean => PLAN_KEYS.has(key) || key.startsWith('server.');
    assert(
      property(text, (existing) => {
        const merged = merge(existing, zoo) ?? '';
        const others = (one: string) =>
          one.split(/\r?\n/).filter((row) => /^\s*[#!](?! \[plan\])/.test(row));
        expect(others(merged)).toEqual(others(existing));
        const keys = (one: string) =>
          parseZooCfg(one)
            .entries.filter(({ key }) => !isOurs(key))
            .map(({ key, value }) => `${key}=${value}`);
        expect(keys(merged)).toEqual(keys(existing));
        for (const [key, { value }] of ours) {
          if (!['dataDir'].includes(key)) expect(cfgValue(parseZooCfg(merged), key)).toBe(value);
        }
      }),
    );
  });

  it('adds what is missing also where a line has no key, as in an unresolved conflict', () => {
    const existing = '=======\nserver.1=zk1:2888:3888\nserver.2=zk2:2888:3888\n';
    const cfg = parseZooCfg(merge(existing, zoo) ?? '');
    expect(cfgValue(cfg, 'standaloneEnabled')).toBe('false');
    expect(cfgValue(cfg, 'dynamicConfigFile')).toMatch(/zoo\.cfg\.dynamic$/);
    expect(cfgValue(cfg, '')).toBe('======');
  });

  it('keeps line ends, a byte order mark and the folders that a file has', () => {
    const existing = '\ufeff# mine\r\ndataDir=/srv/zk\r\ntickTime=1\r\n';
    const merged = merge(existing, zoo) ?? '';
    expect(merged.startsWith('\ufeff# mine\r\n')).toBe(true);
    expect(merged.replace(/\r\n/g, '')).not.toContain('\n');
    const cfg = parseZooCfg(merged);
    expect(cfgValue(cfg, 'dataDir')).toBe('/srv/zk');
    expect(cfgValue(cfg, 'tickTime')).toBe('2000');
  });

  it('removes what it wrote earlier and writes no more, and nothing else', () => {
    const withMetrics = fileOf(large, 'zoo.cfg');
    const existing = `${withMetrics.text}\n# mine\nssl.clientAuth=want\n`;
    const without = fileOf(
      filesOf(sampleFacts('queue'), { targets: new Set(['zoo', 'dynamic'] as const) }),
      'zoo.cfg',
    );
    const merged = merge(existing, without) ?? '';
    expect(merged).not.toContain('metricsProvider');
    expect(merged.endsWith('\n# mine\nssl.clientAuth=want\n')).toBe(true);
    expect(merge(small[0]?.text ?? '', withMetrics)).toBe(withMetrics.text);
  });

  it('keeps a key that a person typed in place of one of ours, and opens no plain port beside TLS', () => {
    const alone = fileOf(filesOf(sampleFacts('queue', ALONE)), 'zoo.cfg');
    expect(alone.text).toContain('\n# [plan] for clients\nclientPort=2181\n');
    const secured = alone.text
      .replace('clientPort=2181', 'secureClientPort=2281')
      .replace('snapCount=', 'ssl.clientAuth=need\nsnapCount=');
    for (const next of [alone, zoo]) {
      const merged = merge(secured, next) ?? '';
      expect(merged).toContain('\nsecureClientPort=2281\n');
      expect(merged).toContain('\nssl.clientAuth=need\n');
      expect(merged).not.toMatch(/^clientPort=|for clients/m);
      expect(merge(merged, next)).toBe(merged);
    }
    expect(merge(`${secured}clientPort=2182\n`, alone)).toContain('\nclientPort=2182\n');
  });

  it('knows all keys that a plan may write, which alone it removes', () => {
    const plans = [files, small, filesOf(sampleFacts('queue', ALONE))];
    const keys = plans
      .flat()
      .filter(({ merge: how }) => how.kind === 'keys')
      .flatMap(({ text }) => [...parseZooCfg(text).values.keys()])
      .filter((key) => !key.startsWith('server.'));
    expect([...new Set(keys)].sort()).toEqual([...PLAN_KEYS].sort());
  });

  it('replaces blocks and leaves what stands around and between them', () => {
    const before = fileOf(small, 'docker-compose.yml').text.replace(
      '\n# >>> ZooKeeper Workbench: volumes',
      '  proxy:\n    image: haproxy\n\n# >>> ZooKeeper Workbench: volumes',
    );
    const merged =
      merge(`# top\n${before}networks: {}\n`, fileOf(large, 'docker-compose.yml')) ?? '';
    expect(merged.startsWith('# top\n')).toBe(true);
    expect(merged).toContain('  proxy:\n    image: haproxy\n');
    expect(merged.endsWith('networks: {}\n')).toBe(true);
    expect(merged).toContain('zk5-data:');
  });

  it('leaves alone what is not its own', () => {
    for (const path of [
      'docker-compose.yml',
      'kubernetes.yml',
      'zookeeper.service',
      'grafana-dashboard.json',
      'prometheus-rules.yml',
    ]) {
      expect(merge('services: {}\n', fileOf(files, path)), path).toBeUndefined();
    }
    expect(merge('# notes\n', fileOf(files, 'PLAN.md'))).toMatch(/^# notes\n\n<!-- >>> /);
    expect(merge('JAVA_HOME=/jdk\n', fileOf(files, 'java.env'))).toMatch(
      /^JAVA_HOME=\/jdk\n\n# >>> /,
    );
  });

  it('keeps what a person adds to a dashboard: panels, variables, tags, queries, members', () => {
    interface Dashboard {
      version?: number;
      readonly tags: string[];
      readonly templating: { readonly list: object[] };
      readonly panels: { id: number; title: string; targets?: object[] }[];
    }
    const dashboardOf = (text: string) => JSON.parse(text) as Dashboard;
    const after: ConfigFile = fileOf(large, 'grafana-dashboard.json');
    const ours = dashboardOf(after.text);
    const theirs = dashboardOf(fileOf(files, 'grafana-dashboard.json').text);
    const query = { refId: 'B', expr: 'up' };
    theirs.panels.splice(1, 0, { id: 1, title: 'Mine' });
    theirs.panels[0]?.targets?.unshift(query);
    theirs.templating.list.push({ name: 'rack', type: 'custom' });
    theirs.tags.splice(0, 1, 'on-call');
    theirs.version = 7;
    const text = merge(JSON.stringify(theirs), after) ?? '';
    const merged = dashboardOf(text);
    const [first, ...others] = ours.panels;
    expect(merged).toEqual({
      ...ours,
      version: 7,
      tags: ['on-call', 'zookeeper-workbench', 'zookeeper'],
      templating: { list: [...ours.templating.list, { name: 'rack', type: 'custom' }] },
      panels: [
        { ...first, targets: [query, ...(first?.targets ?? [])] },
        { id: 1, title: 'Mine' },
        ...others,
      ],
    });
    expect(merge(text, after)).toBe(text);
  });

  it('leaves a dashboard alone that is too deep to be written', () => {
    const uid = '"uid":"zkw-zookeeper"';
    const deep = `{${uid},"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(merge(deep, fileOf(files, 'grafana-dashboard.json'))).toBeUndefined();
    expect(merge(`{${uid}}`, fileOf(files, 'grafana-dashboard.json'))).toContain('"panels"');
  });

  it.each([
    ['haproxy-consistent', 'hdr(x-key)', 'hdr(x-user)'],
    ['haproxy-map', 'hdr(x-key)', 'hash var(txn.key)'],
    ['nginx-consistent', '$request_uri', '$cookie_id$arg_a'],
    ['nginx-hash', '$request_uri', '"$arg_a consistent"'],
  ])('keeps what the keys of a pool of %s are', (preset, ours, theirs) => {
    const poolOf = (one: string, ensemble = {}) => {
      const facts = sampleFacts('cache', ensemble);
      const pool = { ...facts.input.pool, preset: one, presetOptions: {} };
      const again = planFacts({ ...facts.input, pool });
      if (isProblems(again)) throw new Error(again[0]?.message);
      const [file] = filesOf(again).filter(({ path }) => path.startsWith('pool/'));
      if (file === undefined) throw new Error(one);
      return file;
    };
    const file = poolOf(preset);
    const own = file.text.replace(ours, theirs);
    expect(own).not.toBe(file.text);
    expect(merge(own, file)).toBe(own);
    const stale = own.replace(/weight[ =]1/, 'weight 7');
    expect(merge(stale, file)).toBe(own);
    const twin = preset.startsWith('nginx') ? ['nginx-consistent', 'nginx-hash'] : [];
    for (const other of twin.map((one) => poolOf(one))) {
      expect(merge(own, other)).toBe(other.text.replace(ours, () => theirs));
    }
  });

  it('keeps the expression of the disk alert, on as many lines as it has', () => {
    const rules = fileOf(small, 'prometheus-rules.yml');
    const after = fileOf(large, 'prometheus-rules.yml');
    const expression = /expr: "predict_linear.*/;
    for (const own of ['expr: up{mountpoint="/srv"}', 'expr: |\n          a\n\n          b']) {
      const merged = merge(rules.text.replace(expression, own), after);
      expect(merged).toBe(after.text.replace(expression, own));
    }
  });

  it('points to the plan for addresses, which a file would not keep', () => {
    const addresses = (count: number) =>
      Array.from({ length: count }, (_, at) => `10.0.0.${at + 1}:11211`);
    const { input, computed } = sampleFacts('cache');
    const count = computed.pool?.size.servers ?? 0;
    const textWith = (serverAddresses: string[]): string => {
      const facts = planFacts({ ...input, pool: { ...input.pool, serverAddresses } });
      if (isProblems(facts)) throw new Error(facts[0]?.message);
      return filesOf(facts).find(({ path }) => path.startsWith('pool/'))?.text ?? '';
    };
    expect(textWith(addresses(count - 1))).toContain('belong in pool.serverAddresses of the plan');
    expect(textWith(addresses(count))).not.toContain('serverAddresses');
  });

  it.each([
    [1.003, 101],
    [1.254, 125],
  ])('caps load at %f times the mean by a factor that HAProxy takes', (loadCapFactor, factor) => {
    const { input } = sampleFacts('cache');
    const pool = { ...input.pool, preset: 'haproxy-consistent', presetOptions: {}, loadCapFactor };
    const facts = planFacts({ ...input, pool });
    if (isProblems(facts)) throw new Error(facts[0]?.message);
    const text = filesOf(facts).find(({ path }) => path.startsWith('pool/'))?.text;
    expect(text).toContain(`\n    hash-balance-factor ${factor}\n`);
  });

  it('keeps the runbook of the last change when nothing changes', () => {
    const facts = sampleFacts('queue', { voters: 3 });
    const lines = [1, 2, 3, 4, 5].map((id) => `server.${id}=zk${id}:2888:3888:participant;2181\n`);
    const existing = new Map([['zoo.cfg', lines.join('')]]);
    const first = fileOf(filesOf(facts, { existing }), 'PLAN.md');
    expect(first.text).toContain('## Runbook');
    expect(merge(first.text, fileOf(small, 'PLAN.md'))).toBe(first.text);
  });
});
