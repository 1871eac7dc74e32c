import type { Observation } from '../../../../src/domain/capacity/live/observation';
import type { PlanInput } from '../../../../src/domain/capacity/plan/inputFields';
import { inputOf } from '../planSupport';

/** A plan of an ensemble alone. */
export function planFor(
  otherLoad: Partial<PlanInput['otherLoad']>,
  ensemble: Partial<PlanInput['ensemble']> = {},
): PlanInput {
  return inputOf({ otherLoad, ensemble });
}

/** 30 s of three servers on SSDs (1 ms, of which servers drop half a millisecond) under 300 writes and 1,000 reads a second. */
export function observed(more: Partial<Observation> = {}): Observation {
  return {
    ...{ seconds: 30, writes: 300, writeCount: 9000, localWrites: 299, silent: 0 },
    ...{ reads: 1000, pings: 30, readMs: 0.2, writeMs: 3.1 },
    ...{ fsyncMs: 0.5, flushes: 260, batch: 1.15, outstanding: 1 },
    ...{ voters: 3, present: 3, observers: 0 },
    ...{ sessions: 100, connections: 40, znodes: 10_000, dataBytes: 1_400_000, watches: 200 },
    ...more,
  };
}
