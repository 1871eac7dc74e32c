import type { Reading } from '../../../src/domain/dashboard/rows';
import type { MemberSample } from '../../../src/domain/metrics/ensembleSample';
import { ensembleWindow } from '../../../src/domain/metrics/ensembleWindow';
import { Emitter } from '../../../src/base/event';
import type { DashboardSource } from '../../../src/ui/dashboard/controller';
import { answered, ensembleAt, unreachable } from '../metrics/samples';

export const INTERVAL_MS = 5_000;
export const START = Date.UTC(2026, 10, 25, 12);

interface Counters {
  reads: number;
  writes: number;
  fsyncs: number;
  readMs: number;
  writeMs: number;
  fsyncMs: number;
  uptimeMs: number;
}

const none = (): Counters => ({
  ...{ reads: 0, writes: 0, fsyncs: 0, readMs: 0, writeMs: 0, fsyncMs: 0 },
  uptimeMs: 60_000,
});

/** What happens in one interval beside the load. */
export interface Event {
  readonly leader?: number;
  readonly lost?: readonly number[];
  /** They run, without a quorum. */
  readonly idle?: readonly number[];
  readonly reset?: number;
}

/**
 * An ensemble that exists as counters only: `step` is one interval, with a load that goes up and
 * down over half an hour. A sampler in the place of the real one.
 */
export class SimulatedEnsemble implements DashboardSource {
  readonly readings: Reading[] = [];
  holders = 0;
  private readonly sampled = new Emitter<Reading>();
  private readonly counters: Counters[];
  private leader = 0;
  private counter = 1000n;
  private epoch = 1n;
  private at = START;
  private ticks = 0;

  readonly onDidSample = this.sampled.event;

  constructor(private readonly servers: number) {
    this.counters = Array.from({ length: servers }, none);
  }

  hold() {
    this.holders++;
    return {
      dispose: () => {
        this.holders--;
      },
    };
  }

  step({ leader, lost = [], idle = [], reset }: Event = {}, afterMs = INTERVAL_MS): Reading {
    this.at += afterMs;
    this.ticks++;
    const seconds = afterMs / 1000;
    const isElected = leader !== undefined && leader !== this.leader;
    if (isElected) {
      this.leader = leader;
      this.epoch++;
      this.counter = 0n;
    }
    if (reset !== undefined) this.counters[reset] = none();
    const wave = 1 + 0.5 * Math.sin(this.ticks / 55) + 0.08 * Math.sin(this.ticks * 1.7);
    const members = this.counters.map((one, i): MemberSample => {
      const writes = Math.round(40 * (i + 2) * wave * seconds);
      const reads = Math.round(300 * (i + 2) * wave * seconds);
      this.counter += BigInt(writes);
      one.writes += writes;
      one.reads += reads;
      one.fsyncs += Math.round(180 * wave * seconds);
      one.writeMs += writes * (2 + 0.4 * i + 0.5 * wave);
      one.readMs += reads * 0.3;
      one.fsyncMs += 180 * wave * seconds * (0.9 + 0.1 * i);
      one.uptimeMs += afterMs;
      const address = `zk${i + 1}.example.com:2181`;
      if (lost.includes(i)) return unreachable(address);
      if (idle.includes(i)) {
        const member = { address, id: i + 1, isVoter: true, refusals: [] };
        return { ...member, kind: 'notServing', reason: 'it has no quorum' };
      }
      const role = i === this.leader ? 'leader' : 'follower';
      const zxid = (this.epoch << 32n) | this.counter;
      return answered(address, role, {
        values: valuesOf(one, wave),
        sample: { at: this.at, zxid },
      });
    });
    const sample = ensembleAt(this.at, ...members);
    const before = this.readings.at(-1)?.sample;
    const isNear = before !== undefined && afterMs <= 3 * INTERVAL_MS;
    const reading = { sample, window: isNear ? ensembleWindow(before, sample) : undefined };
    this.readings.push(reading);
    if (this.readings.length > 720) this.readings.shift();
    this.sampled.fire(reading);
    return reading;
  }
}

function valuesOf(one: Counters, wave: number): Record<string, number> {
  return {
    ...{ cnt_readlatency: one.reads, sum_readlatency: one.readMs },
    ...{ cnt_updatelatency: one.writes, sum_updatelatency: one.writeMs },
    ...{ cnt_fsynctime: one.fsyncs, sum_fsynctime: one.fsyncMs },
    ...{ cnt_sync_processor_batch_size: one.fsyncs, sum_sync_processor_batch_size: one.writes },
    ...{ p50_updatelatency: 2, p99_updatelatency: 11, p999_updatelatency: 48 },
    ...{ outstanding_requests: Math.round(3 * wave), num_alive_connections: 118 },
    ...{ znode_count: 52_000 + one.writes / 100, approximate_data_size: 7_300_000 + one.writes },
    ...{ cnt_election_time: 1, sum_election_time: 250, uptime: one.uptimeMs },
  };
}
