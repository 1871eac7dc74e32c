import { describe, expect, it, beforeAll } from 'vitest';
import {
  checkHaproxy,
  checkNginx,
  checkRules,
  checkTwemproxy,
  checkUnit,
  testRules,
  ensureConfigPrograms,
} from '../tools/configPrograms.mjs';
import { isProblems } from '../../src/domain/capacity/result';
import { planFacts } from '../../src/domain/config/facts';
import { systemd } from '../../src/domain/config/systemd';
import { SAMPLES, sample } from '../unit/capacity/planSupport';
import { fileOf, filesOf, sampleFacts } from '../unit/config/configSupport';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Text from a plan that would end a string, a comment, a template or a line. */
const HOSTILE = '"; rm -rf / #\n{{ $value }} ${HOME} %n \'\\ <!-- --> <<< \u2028x: y';

beforeAll(() => ensureConfigPrograms(), 300_000);

describe('written files and the programs that read them', () => {
  it.each(SAMPLES)('promtool takes the alert rules of the %s plan', async (name) => {
    const { text } = fileOf(filesOf(sampleFacts(name, {}, HOSTILE)), 'prometheus-rules.yml');
    expect(await checkRules(text)).toMatch(/SUCCESS: 16 rules found/);
  });

  it('promtool refuses what is no rule', async () => {
    await expect(
      checkRules('groups:\n  - name: a\n    rules:\n      - alert: b\n        expr: "sum("\n'),
    ).rejects.toThrow(/could not parse/);
  });

  it('alerts fire where the ensemble leaves the plan, and not within it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'zkw-rules-'));
    const server = 'job="zookeeper",instance="a"';
    const writes = (perMinute: number) => ({
      series: `proposal_count{${server}}`,
      values: `0+${perMinute}x60`,
    });
    const followers = { series: `synced_followers{${server}}`, values: '2x60' };
    const firing = (alertname: string, severity?: string, summary?: string) => ({
      eval_time: '50m',
      alertname,
      exp_alerts: severity ? [{ exp_labels: { severity }, exp_annotations: { summary } }] : [],
    });
    const test = (input_series: object[], ...alert_rule_test: object[]) => ({
      ...{ interval: '1m', input_series, alert_rule_test },
    });
    try {
      const { text } = fileOf(filesOf(sampleFacts('queue')), 'prometheus-rules.yml');
      await writeFile(join(folder, 'rules.yml'), text);
      const tests = [
        test(
          [writes(60_000), followers],
          firing('ZooKeeperWrites', 'warning', 'Writes per second: 1k/s, above the limit of 540/s'),
          firing('ZooKeeperFollowers'),
          firing('ZooKeeperLeader'),
        ),
        test(
          [writes(360 * 60)],
          firing('ZooKeeperWrites'),
          firing('ZooKeeperLeader', 'critical', 'Leaders: 0, below the limit of 1'),
        ),
      ];
      const all = { rule_files: ['rules.yml'], evaluation_interval: '1m', tests };
      await writeFile(join(folder, 'tests.yml'), JSON.stringify(all));
      expect(await testRules(join(folder, 'tests.yml'))).toContain('SUCCESS');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  /** The pool of the cache for another program. */
  function poolOf(preset: string, loadCapFactor = 0): string {
    const { input } = sample('cache');
    const serverAddresses = ['10.0.0.1:80', '10.0.0.2:80'];
    const pool = { ...input.pool, preset, presetOptions: {}, serverAddresses, loadCapFactor };
    const facts = planFacts({ ...input, title: HOSTILE, pool });
    if (isProblems(facts)) throw new Error(facts[0]?.message);
    const file = filesOf(facts).find(({ path }) => path.startsWith('pool/'));
    if (file === undefined) throw new Error(`no pool for ${preset}`);
    return file.text;
  }

  it('HAProxy takes a pool, its cap on load included', async () => {
    const text = poolOf('haproxy-consistent', 1.25);
    expect(text).toContain('\n    hash-balance-factor 125\n');
    await checkHaproxy(text);
    await checkHaproxy(poolOf('haproxy-consistent', 1.003));
    await expect(checkHaproxy('backend a\n    balance nonsense\n')).rejects.toThrow(/Fatal errors/);
  });

  it('nginx takes a pool', async () => {
    // Names that stand for unknown addresses would have to resolve.
    const text = poolOf('nginx-consistent').replace(/zookeeper-\d+:/g, '10.0.0.3:');
    expect(await checkNginx(text)).toMatch(/syntax is ok/);
    await expect(checkNginx('upstream { }')).rejects.toThrow(/invalid number of arguments/);
  });

  it('twemproxy takes a pool', async () => {
    expect(await checkTwemproxy(poolOf('twemproxy-ketama'))).toMatch(/syntax is ok/);
  });

  it('systemd takes the unit', async () => {
    const home = await mkdtemp(join(tmpdir(), 'zkw-home-'));
    try {
      await mkdir(join(home, 'bin'));
      await writeFile(join(home, 'bin/zkServer.sh'), '#!/bin/sh\n');
      await chmod(join(home, 'bin/zkServer.sh'), 0o755);
      const { path, text } = systemd(sampleFacts('queue', {}, HOSTILE), {
        ...{ planFile: 'a.zkplan.json', name: 'orders', home },
      });
      expect(await checkUnit(path, text)).toBe('');
      await expect(checkUnit(path, text.replace('LimitNOFILE=', 'LimitNOFILE=x'))).resolves.toMatch(
        /Failed to parse resource value/,
      );
    } finally {
      await rm(home, { recursive: true });
    }
  });
});
