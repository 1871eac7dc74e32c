import { describe, expect, test } from 'vitest';
import { unpacked } from '../../../src/domain/dashboard/rows';
import type { ToDashboardPage } from '../../../src/protocol/dashboard';
import { DashboardController } from '../../../src/ui/dashboard/controller';
import { englishL10n } from '../../fakes/userInput';
import { answered, ensembleAt } from '../metrics/samples';
import { SimulatedEnsemble, START } from './simulate';

function opened(ensemble = new SimulatedEnsemble(3)) {
  const posted: ToDashboardPage[] = [];
  const controller = new DashboardController({
    ...{ connectionId: 'local', name: 'Local', intervalMs: () => 5_000, l10n: englishL10n },
    isKnown: () => true,
    post: (message) => posted.push(message),
  });
  controller.follow(ensemble);
  controller.ready();
  const last = (): ToDashboardPage => {
    const message = posted.at(-1);
    if (!message) throw new Error('nothing was posted');
    return message;
  };
  return { ensemble, controller, posted, last };
}

describe('a dashboard', () => {
  test('starts with what the sampler has, then tells one row after another', () => {
    const ensemble = new SimulatedEnsemble(3);
    for (let i = 0; i < 10; i++) ensemble.step();
    const { last } = opened(ensemble);
    const first = last();
    expect(first.type === 'snapshot' && unpacked(first.rows)).toHaveLength(10);
    ensemble.step();
    expect(last()).toMatchObject({
      type: 'step',
      row: { at: ensemble.readings.at(-1)?.sample.at },
    });
  });

  test('asks the servers only while it is seen and not paused', () => {
    const { ensemble, controller } = opened();
    expect(ensemble.holders).toBe(1);
    controller.setVisible(false);
    expect(ensemble.holders).toBe(0);
    controller.setVisible(true);
    controller.setPaused(true);
    expect(ensemble.holders).toBe(0);
    controller.setVisible(false);
    controller.setVisible(true);
    expect(ensemble.holders).toBe(0);
    controller.setPaused(false);
    expect(ensemble.holders).toBe(1);
    controller.dispose();
    expect(ensemble.holders).toBe(0);
  });

  test('posts nothing to a page that is gone, and all of it to the one that comes', () => {
    const { ensemble, controller, posted, last } = opened();
    controller.setVisible(false);
    const before = posted.length;
    ensemble.step();
    controller.attach(undefined);
    controller.setPaused(true);
    controller.setPaused(false);
    controller.setVisible(true);
    ensemble.step();
    expect(posted).toHaveLength(before);
    controller.ready();
    const message = last();
    expect(message.type === 'snapshot' && unpacked(message.rows)).toHaveLength(2);
  });

  test('says who leads, who is gone, and what happened', () => {
    const { ensemble, last } = opened();
    ensemble.step();
    ensemble.step({ leader: 2, lost: [0] });
    const { now } = last();
    expect(now.servers.map(({ isLeader, isPresent }) => [isLeader, isPresent])).toEqual([
      [false, false],
      [false, true],
      [true, true],
    ]);
    expect(now.servers[1]?.percentiles.slice(3, 6)).toEqual(['2 ms', '11 ms', '48 ms']);
    expect(now.markers.map(({ text }) => text)).toEqual([
      'zk3.example.com:2181 leads instead of zk1.example.com:2181',
      'zk1.example.com:2181 does not answer',
    ]);
  });

  test('says how the ensemble stands, and what an outage is', () => {
    const { ensemble, last } = opened();
    ensemble.step();
    expect(last().now).toMatchObject({
      ...{ quorum: 'quorum 3 of 3 · survives 1 failure', hasQuorum: true },
    });
    ensemble.step({ idle: [0], lost: [1, 2] });
    const { now } = last();
    expect(now).toMatchObject({ hasQuorum: false });
    expect(now.quorum).toBe(
      'No quorum: 1 of 3 runs, 2 needed: start zk2.example.com:2181 or zk3.example.com:2181',
    );
    expect(now.markers.map(({ text }) => text).slice(0, 3)).toEqual([
      'the quorum was lost: nothing can be written',
      'zk1.example.com:2181 runs, but does not serve: it has no quorum',
      'zk2.example.com:2181 does not answer',
    ]);
  });

  test('offers to connect, and says nothing of a quorum, while it is not connected', () => {
    const { ensemble, controller, last } = opened();
    ensemble.step();
    expect(last().now.canConnect).toBe(false);
    controller.follow(undefined);
    expect(last().now).toMatchObject({ canConnect: true, quorum: '', hasQuorum: false });
  });

  test('says where the bands are from, or why there are none', () => {
    const { controller, last } = opened();
    const plan = { uri: 'file:///a.zkplan.json', file: 'a.zkplan.json', bands: [] };
    controller.attach(plan);
    expect(last()).toMatchObject({ plan: 'Bands of a.zkplan.json' });
    controller.attach({ ...plan, problem: 'voters has to be 1 or more' });
    expect(last()).toMatchObject({
      ...{ plan: 'The plan a.zkplan.json cannot be used: voters has to be 1 or more' },
    });
  });

  test('says what a server refuses, and what would allow it', () => {
    const { controller, last } = opened();
    const member = answered('zk1:2181', 'leader');
    const remedy = '4lw.commands.whitelist=mntr';
    const refusals = [{ source: 'mntr', reason: 'not in the whitelist of the server', remedy }];
    const sample = ensembleAt(START, { ...member, refusals });
    controller.follow({
      readings: [{ sample, window: undefined }],
      onDidSample: () => ({ dispose() {} }),
      hold: () => ({ dispose() {} }),
    });
    expect(last().now.message).toBe(
      `zk1:2181 does not tell rates and times: mntr is not in the whitelist of the server. In its zoo.cfg: ${remedy}`,
    );
  });

  test('keeps its rows when the connection ends and another one begins', () => {
    const { ensemble, controller, last } = opened();
    ensemble.step();
    controller.follow(undefined);
    expect(last().now.message).toContain('Local is not connected');
    expect(ensemble.holders).toBe(0);
    const next = new SimulatedEnsemble(3);
    for (let i = 0; i < 5; i++) next.step();
    controller.follow(next);
    expect(next.holders).toBe(1);
    const message = last();
    expect(message.type === 'snapshot' && unpacked(message.rows)).toHaveLength(5);
    expect(controller.csv.split('\r\n').length).toBeGreaterThan(15);
  });

  test('holds an hour after two', () => {
    const { ensemble, controller } = opened(new SimulatedEnsemble(5));
    for (let i = 0; i < 1440; i++) ensemble.step(i % 600 === 0 ? { reset: i % 5 } : {});
    controller.ready();
    expect(controller.csv.split('\r\n').length).toBeLessThan(721 * 6 + 3);
  });
});
