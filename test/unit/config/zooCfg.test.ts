import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Target } from '../../../src/domain/config/file';
import { isName, nameFrom } from '../../../src/domain/config/names';
import { cfgValue, parseZooCfg } from '../../../src/domain/config/zooCfgParse';
import { fileOf, filesOf, mergedOf, sampleFacts } from './configSupport';

describe('zoo.cfg', () => {
  const cfgOf = (ensemble: object, ...targets: Target[]) =>
    parseZooCfg(
      fileOf(filesOf(sampleFacts('queue', ensemble), { targets: new Set(targets) }), 'zoo.cfg')
        .text,
    );

  it('lists the servers itself where no dynamic file is written', () => {
    const cfg = cfgOf({}, 'zoo');
    expect(cfgValue(cfg, 'server.1')).toBe('zk1:2888:3888:participant;2181');
    expect(cfgValue(cfg, 'dynamicConfigFile')).toBeUndefined();
    expect(cfgValue(cfgOf({}, 'zoo', 'dynamic'), 'server.1')).toBeUndefined();
  });

  it('has a port and no list for a server alone, and no file of others', () => {
    const alone = { voters: 1, survivesZoneLoss: false, outageGoalMinutesPerYear: 10_000 };
    const cfg = cfgOf(alone, 'zoo', 'dynamic');
    expect(cfgValue(cfg, 'clientPort')).toBe('2181');
    expect(
      [...cfg.values.keys()].filter((key) => /^server|^dynamic|^standalone/.test(key)),
    ).toEqual([]);
    const files = filesOf(sampleFacts('queue', alone));
    expect(files.map(({ path }) => path)).not.toContain('zoo.cfg.dynamic');
    expect(fileOf(files, 'kubernetes.yml').text).not.toContain('ZOO_SERVERS');
  });

  it('turns on metrics only when they are asked for', () => {
    const metrics = 'metricsProvider.className';
    expect(cfgValue(cfgOf({}, 'zoo'), metrics)).toBeUndefined();
    expect(cfgValue(cfgOf({}, 'zoo', 'metrics'), metrics)).toMatch(/PrometheusMetricsProvider$/);
  });

  it('takes limits from the plan in the units of the keys', () => {
    const cfg = cfgOf(
      { preAllocBytes: 2 ** 20, sessionTimeoutMs: 60_000, snapshotsKept: 7 },
      'zoo',
    );
    expect(cfgValue(cfg, 'preAllocSize')).toBe('1024');
    expect(cfgValue(cfg, 'maxSessionTimeout')).toBe('60000');
    expect(cfgValue(cfg, 'autopurge.snapRetainCount')).toBe('7');
  });
});

describe('leaderServes=no', () => {
  const files = filesOf(sampleFacts('queue', { voters: 5 }));

  it.each([
    ['zoo.cfg', 'leaderServes=no'],
    ['kubernetes.yml', 'leaderServes=no'],
    ['docker-compose.yml', 'leaderServes=yes'],
    ['local/server.1/zoo.cfg', 'leaderServes=yes'],
  ])('is for servers with machines of their own: %s has %s', (path, expected) => {
    expect(fileOf(files, path).text).toContain(expected);
  });

  it('makes readiness ask the AdminServer', () => {
    expect(fileOf(files, 'kubernetes.yml').text).toMatch(/\/commands\/monitor.*server_state/);
    expect(fileOf(filesOf(sampleFacts('queue')), 'kubernetes.yml').text).toMatch(
      /echo srvr .*Mode/,
    );
  });
});

describe('java.env', () => {
  it('sets jute.maxbuffer only when the plan says another one', () => {
    const envOf = (ensemble: object) =>
      fileOf(filesOf(sampleFacts('queue', ensemble)), 'java.env').text;
    expect(envOf({})).not.toContain('jute.maxbuffer');
    expect(envOf({ maxBufferBytes: 4_194_304 })).toContain(' -Djute.maxbuffer=4194304${');
  });

  it.skipIf(process.platform === 'win32')(
    'keeps the flags that a person has, as a shell reads it',
    () => {
      const flagsOf = (existing: string): string => {
        const text = mergedOf(sampleFacts('queue'), 'java.env', new Map([['java.env', existing]]));
        expect(mergedOf(sampleFacts('queue'), 'java.env', new Map([['java.env', text]]))).toBe(
          text,
        );
        const script = `${text}\nprintf %s "$SERVER_JVMFLAGS"`;
        return execFileSync('/bin/sh', ['-euc', script], { env: {}, encoding: 'utf8' });
      };
      const ours = flagsOf('');
      expect(ours).toMatch(/^-Xms\d+m .*\S$/);
      const theirs =
        '-Djava.security.auth.login.config=/etc/zookeeper/jaas.conf -XX:MaxGCPauseMillis=50';
      expect(flagsOf(`# SASL\nSERVER_JVMFLAGS="${theirs}"\n`)).toBe(`${ours} ${theirs}`);
    },
  );
});

describe('names', () => {
  it.each([
    ['queue', 'queue'],
    ['My Plan (2)', 'my-plan-2'],
    ['42-plan', 'plan'],
    ['…', 'zookeeper'],
    ['a'.repeat(60), 'a'.repeat(40)],
  ])('makes one of %j', (text, expected) => {
    expect(nameFrom(text)).toBe(expected);
    expect(isName(expected)).toBe(true);
  });
});
