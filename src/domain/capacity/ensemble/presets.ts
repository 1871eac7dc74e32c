import { type Costs, writeThroughput } from './throughput';

export interface ThroughputBand {
  readonly reads: number;
  readonly writes: number;
  readonly mixed: number;
}

/** Costs with their origin: a plan shows both until a measurement replaces them. */
export interface HardwarePreset {
  readonly id: string;
  readonly title: string;
  readonly year: number;
  readonly source: string;
  readonly costs: Costs;
  /** CPU seconds to append one transaction to the log. */
  readonly append: number;
  /** Largest relative error of each throughput, 0.1 for ±10 %. */
  readonly band: ThroughputBand;
}

/** 0 and 100 % reads of Table 1, fitted; its ensemble did not serve clients from the leader. */
const ATC10_COSTS: Costs = {
  readsPerServer: 40_261.4,
  write: {
    baseUs: 40.90880438,
    perVoterUs: 2.47529091,
    perPairUs: 0.37618789,
    perObserverUs: 2.47529091,
  },
};

/** Hardware that numbers exist for, the oldest first. */
export const HARDWARE: readonly HardwarePreset[] = [
  {
    id: 'atc10',
    title: 'Dual-core Xeon 2.1 GHz, gigabit network, a SATA disk for the log alone (2010)',
    year: 2010,
    source: 'Fit of Table 1 in Hunt et al., ZooKeeper, USENIX ATC 2010',
    costs: ATC10_COSTS,
    append: 20e-6,
    // Against Table 1 and, mixed, against the graph in the documentation.
    band: { reads: 0.09, writes: 0.035, mixed: 0.27 },
  },
  {
    id: 'modern',
    title: 'Current server, cautious: 50,000 reads/s a server, 20,000 writes/s with three voters',
    year: 2020,
    source: 'Cautious guess, the shape of Table 1 scaled; measure to replace it',
    costs: calibratedCosts(ATC10_COSTS, {
      readsPerServer: 50_000,
      writes: { voters: 3, perSecond: 20_000 },
    }),
    append: 20e-6,
    band: { reads: 0.3, writes: 0.3, mixed: 0.3 },
  },
];

/** A log device. */
export interface DiskPreset {
  readonly id: string;
  readonly title: string;
  /** Mean seconds of an fsync. */
  readonly fsync: number;
  /** Squared coefficient of variation. */
  readonly fsyncScv: number;
}

export const DISKS: readonly DiskPreset[] = [
  {
    id: 'hdd',
    title: 'Magnetic disk without a write cache: 8 ms',
    fsync: 8e-3,
    fsyncScv: 0,
  },
  { id: 'ssd', title: 'SSD: 1 ms', fsync: 1e-3, fsyncScv: 0 },
  {
    id: 'nvme',
    title: 'NVMe drive that keeps its cache through a power loss: 0.1 ms',
    fsync: 1e-4,
    fsyncScv: 0,
  },
];

/** What was measured at saturation on the ensemble's own hardware. */
export interface MeasuredCosts {
  readonly readsPerServer?: number;
  /** Writes per second of an ensemble of `voters` without observers. */
  readonly writes?: { readonly voters: number; readonly perSecond: number };
}

/** The preset's costs with measured ones in their place; writes keep their shape over sizes. */
export function calibratedCosts(preset: Costs, measured: MeasuredCosts): Costs {
  const { writes } = measured;
  const scale = writes
    ? writeThroughput(preset, { voters: writes.voters, observers: 0, leaderServes: true }) /
      writes.perSecond
    : 1;
  const { write } = preset;
  return {
    readsPerServer: measured.readsPerServer ?? preset.readsPerServer,
    write: {
      baseUs: write.baseUs * scale,
      perVoterUs: write.perVoterUs * scale,
      perPairUs: write.perPairUs * scale,
      perObserverUs: write.perObserverUs * scale,
    },
  };
}
