import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calibrate, calibrationText } from '../../src/domain/capacity/live/calibrate';
import { type Comparison, driftOf } from '../../src/domain/capacity/live/drift';
import { readPlan } from '../../src/domain/capacity/plan/document';
import { isProblems } from '../../src/domain/capacity/result';
import { leaderOf, memberAt, roleOf, sampleOf } from '../../src/domain/metrics/ensembleSample';
import { ensembleWindow, lags } from '../../src/domain/metrics/ensembleWindow';
import { quorumOf } from '../../src/domain/metrics/quorum';
import { silentLogger } from '../../src/base/logger';
import { measure } from '../../src/ui/plan/live/measure';
import { readConf } from '../../src/zk/ensemble/conf';
import { findOwner } from '../../src/zk/ensemble/owner';
import { LiveSampler, type Reading } from '../../src/zk/ensemble/sampler';
import { type Kazoo, startKazoo } from '../tools/kazoo.mjs';
import { startEnsemble } from '../tools/zookeeper/server.mjs';
import { bytes, closeAll, connected, until } from './engineSupport';

/** One ensemble of three under a real load of kazoo, with fsyncs that are really done. */

let ensemble: Awaited<ReturnType<typeof startEnsemble>>;
let kazoo: Kazoo;
let sampler: LiveSampler;

const now = (): number => performance.timeOrigin + performance.now();
const never = new AbortController().signal;

beforeAll(async () => {
  ensemble = await startEnsemble(3, { extraConfig: { forceSync: 'yes' } });
  kazoo = await startKazoo(ensemble.connectString);
  await kazoo.create('/load');
  const credentials = [{ scheme: 'digest', auth: bytes('super:secret') }];
  const { client } = await connected(ensemble.connectString, { credentials });
  const [first] = ensemble.servers;
  sampler = new LiveSampler({
    ...{ connectionId: 'live', client, logger: silentLogger },
    reach: { connectString: ensemble.connectString },
    adminPort: () => first?.adminPort ?? 0,
    intervalMs: () => 60_000,
  });
}, 120_000);
afterAll(async () => {
  sampler.dispose();
  await kazoo.kill();
  await closeAll();
  await ensemble.stop();
});

/** Creates `perSecond` znodes a second until it is stopped. */
class Load {
  private readonly running: Promise<number>;
  private isOver = false;
  private static batches = 0;

  constructor(
    private readonly perSecond: number,
    private readonly batchesPerSecond = 10,
  ) {
    this.running = this.run();
  }

  /** Resolves with the number of znodes, when all are there. */
  stop(): Promise<number> {
    this.isOver = true;
    return this.running;
  }

  private async run(): Promise<number> {
    const [start, batch] = [now(), Math.round(this.perSecond / this.batchesPerSecond)];
    let done = 0;
    for (let isLast = false; !isLast;) {
      isLast = this.isOver; // so that one batch ends after whatever was measured
      await kazoo.createMany(`/load/${++Load.batches}-`, batch, 50);
      done += batch;
      await sleep(Math.max(0, start + (done * 1000) / this.perSecond - now()));
    }
    return done;
  }
}

/** A measurement under such a load. */
async function under(perSecond: number, seconds: number) {
  const load = new Load(perSecond);
  await sampler.sampleNow();
  try {
    const found = await measure(sampler, never, () => {}, seconds);
    return { ...found, load };
  } finally {
    await load.stop();
  }
}

function inputOf(otherLoad: object, more: object = {}) {
  const read = readPlan({ version: 1, otherLoad, ensemble: { voters: 3, ...more } });
  if (isProblems(read)) throw new Error(read[0]?.message);
  return read.input;
}

async function differences(
  measured: Awaited<ReturnType<typeof measure>>,
  input: ReturnType<typeof inputOf>,
): Promise<Comparison[]> {
  const options = { timeoutMs: 2_000, now };
  const { servers, admin } = sampler;
  const confs = await Promise.all(
    servers.map(async (one) => [one.address, await readConf(one, admin, options)] as const),
  );
  const reality = { ...measured, confs: new Map(confs), history: [] };
  const drift = driftOf(input, reality);
  if (isProblems(drift)) throw new Error(drift[0]?.message);
  return drift.comparisons.filter(({ verdict }) => verdict !== 'same');
}
const names = (found: readonly Comparison[], verdict: Comparison['verdict']): string[] =>
  found.filter((one) => one.verdict === verdict).map(({ name }) => name);

describe('an ensemble under load', () => {
  test('its write rate is measured to within 1 %', async () => {
    // The load lies between both samples, so that no clock can tell them apart.
    const { sample: before } = await sampler.sampleNow();
    const load = new Load(600, 100);
    await sleep(4_000); // the window
    const injected = await load.stop();
    const { sample: after } = await sampler.sampleNow();
    const window = ensembleWindow(before, after);
    // Each server has its own times; the window goes by one of them.
    const spans = after.members.map(({ address }) => {
      const [from = 0, to = 0] = [before, after].map(
        (sample) => sampleOf(memberAt(sample, address))?.zxidAt,
      );
      return (to - from) / 1000;
    });
    const off = spans.map((span) => Math.abs((span * (window.writes ?? 0)) / injected - 1));
    console.log(
      `injected ${injected}, measured ${window.writes?.toFixed(1)}/s in ${spans.join(', ')} s`,
    );
    expect(injected).toBeGreaterThan(100);
    expect(Math.min(...off)).toBeLessThan(0.01);
    const local = [...window.servers.values()].reduce((sum, one) => sum + (one.writeCount ?? 0), 0);
    expect(Math.abs(local / injected - 1)).toBeLessThan(0.01);
  });

  test('calibration tells the residuals, and measures what fits together', async () => {
    const { seen, sessions } = await under(400, 5);
    const calibration = calibrate(inputOf({}), seen, sessions, 'now');
    console.log(calibrationText(calibration));
    const broken = calibration.checks.filter(({ holds }) => !holds);
    expect(broken).toEqual([]);
    expect(calibration.residuals.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['writeMs', 'batch']),
    );
    const fields = calibration.parameters.map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(['otherLoad.writesPerSecond']));
    expect(sessions.shortestTimeoutMs).toBe(10_000); // kazoo's: ours is shorter, and no client
  });

  test('drift is found when the load doubles, and when syncLimit differs', async () => {
    const planned = { writesPerSecond: 50, readsPerSecond: 100, sessions: 10 };
    const asPlanned = await under(50, 5);
    const input = inputOf(planned, { fsyncMs: 50, writeGoalMs: 1000 });
    const usual = await differences(asPlanned, input);
    expect(names(usual, 'drift')).not.toContain('writes');
    // The test's servers run with 6 ticks; what they don't report is not called equal.
    expect(names(usual, 'drift')).toContain('syncLimit');
    expect(names(usual, 'unknown')).toContain('globalOutstandingLimit');
    const doubled = await differences(await under(100, 5), input);
    expect(names(doubled, 'drift')).toContain('writes');
  });

  test('the AdminServer is asked first, but only by the server that it belongs to', async () => {
    const { sample } = await sampler.sampleNow();
    const sources = sample.members.map((member) =>
      member.kind === 'answered' ? member.source : member.reason,
    );
    expect(sources).toEqual(['AdminServer', 'mntr', 'mntr']);
    const znodes = sample.members.map((member) => sampleOf(member)?.gauges.znodes);
    expect(new Set(znodes).size).toBe(1);
    // Ours and kazoo's: the questions themselves are none.
    const clients = sample.members.map((member) => sampleOf(member)?.gauges.connections ?? 0);
    expect(clients.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(sampler.servers.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  test('a session and what it owns are found by an ephemeral znode', async () => {
    const id = await kazoo.sessionId();
    await kazoo.create('/owned', '', { ephemeral: true });
    const owner = await findOwner(sampler, id, { timeoutMs: 2_000, now });
    expect(owner.client?.address).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(owner).toMatchObject({ sessionId: id, ephemerals: ['/owned'], refusals: [] });
    const nobody = await findOwner(sampler, 0x1234n, { timeoutMs: 2_000, now });
    expect(nobody).toMatchObject({ client: undefined, ephemerals: [] });
  });
});

describe('what breaks a measurement', () => {
  const next = async (when: (reading: Reading) => boolean): Promise<Reading> => {
    let found: Reading | undefined;
    await until(
      'a sample',
      async () => {
        const reading = await sampler.sampleNow();
        if (when(reading)) found = reading;
        return found !== undefined;
      },
      20_000,
    );
    if (!found) throw new Error('no sample');
    return found;
  };

  test('a reset of the counters is noticed', async () => {
    const [first] = ensemble.servers;
    if (!first) throw new Error('no server');
    const { sample: before } = await sampler.sampleNow();
    await new Promise<void>((done) => {
      const socket = connect(first.port, '127.0.0.1', () => socket.write('srst'));
      socket.on('close', () => done()).resume();
    });
    const { sample: after } = await sampler.sampleNow();
    const { servers } = ensembleWindow(before, after);
    expect(servers.get(first.connectString)).toMatchObject({
      brokenBy: 'reset',
      writes: undefined,
    });
  });

  test('roles follow a leader that is killed, and no rate is made of the change', async () => {
    const old = await ensemble.leader();
    const { sample: before } = await sampler.sampleNow();
    expect(leaderOf(before)).toBe(old.connectString);
    expect(quorumOf(before)).toMatchObject({ voters: 3, present: 3, spare: 1, synced: 2 });
    await old.kill();
    const { sample: after } = await next(({ sample }) => {
      const serving = sample.members.filter(({ kind }) => kind === 'answered').map(roleOf);
      return serving.includes('leader') && serving.includes('follower') && serving.length === 2;
    });
    expect(after.members.map(roleOf).sort()).toEqual(['follower', 'leader', 'unreachable']);
    expect(quorumOf(after)).toMatchObject({ hasQuorum: true, present: 2, spare: 0 });
    const window = ensembleWindow(before, after);
    expect(window).toMatchObject({ leaderChanged: true, epochChanged: true, writes: undefined });
    // Those that stay are no younger, and count the election.
    expect([...window.servers.values()]).toEqual([
      expect.objectContaining({ brokenBy: 'elected', elections: 1 }),
      expect.objectContaining({ brokenBy: 'elected', elections: 1 }),
    ]);
    // The other one may wait for the first write of the new epoch.
    expect(Math.max(...lags(after).values())).toBe(0);
    await old.restart();
    const { sample: again } = await next(({ sample }) => quorumOf(sample).present === 3);
    const { servers } = ensembleWindow(before, again);
    expect(servers.get(old.connectString)?.brokenBy).toBe('restarted');
  });

  test('drift is found when a server is away, and when it is removed', async () => {
    const leader = await ensemble.leader();
    const gone = ensemble.servers.find((server) => server !== leader);
    if (!gone) throw new Error('no follower');
    const input = inputOf({ writesPerSecond: 1000 }, { fsyncMs: 50, writeGoalMs: 1000 });
    const seen = (await measure(sampler, never, () => {}, 2)).seen;
    const sessions = { shortestTimeoutMs: undefined, mostPerAddress: undefined };
    await gone.kill();
    const { sample: away } = await next(({ sample }) => quorumOf(sample).present === 2);
    expect(names(await differences({ seen, sample: away, sessions }, input), 'drift')).toContain(
      'presence',
    );
    const credentials = [{ scheme: 'digest', auth: bytes('super:secret') }];
    const { client } = await connected(leader.connectString, { credentials });
    await client.reconfigure({ leaving: String(gone.id) });
    // The server that is asked may follow the leader a while later.
    const { sample: removed } = await next(({ sample }) => {
      sampler.forgetMembers();
      return quorumOf(sample).voters === 2;
    });
    const found = await differences({ seen, sample: removed, sessions }, input);
    expect(names(found, 'drift')).toContain('voters');
  });
});
