import { FILE_HEADER, logFileBytes } from './files';

/** The writes of one server and its housekeeping. */
export interface DiskLoad {
  /** Transactions per second and the mean bytes of a log record. */
  readonly rate: number;
  readonly recordBytes: number;
  readonly snapshotBytes: number;
  readonly snapCount: number;
  /** Bytes, 64 MiB unless configured. */
  readonly preAllocSize: number;
  readonly retainCount: number;
  /** `autopurge.purgeInterval`; 0 never purges. */
  readonly purgeIntervalHours: number;
}

export interface Disk {
  readonly logBytesPerSecond: number;
  readonly logFileBytes: number;
  /** A new log and a snapshot each time, every 0.75 · snapCount transactions on average. */
  readonly rollsPerHour: number;
  readonly logBytesPerDay: number;
  readonly snapshotBytesPerDay: number;
  /** What must be free for logs and snapshots; Infinity when nothing is ever purged. */
  readonly neededBytes: number;
}

/** Room for what the estimate leaves out: a snapshot under way, bursts. */
const SAFETY = 1.3;

/** Log and snapshot files of one server. */
export function disk(load: DiskLoad): Disk {
  const perRoll = 0.75 * load.snapCount;
  const file = logFileBytes(FILE_HEADER + perRoll * load.recordBytes, load.preAllocSize);
  const rollsPerHour = (load.rate * 3600) / perRoll;
  const kept = load.retainCount + rollsPerHour * load.purgeIntervalHours;
  const purged = load.purgeIntervalHours > 0;
  return {
    logBytesPerSecond: load.rate * load.recordBytes,
    logFileBytes: file,
    rollsPerHour,
    logBytesPerDay: rollsPerHour * 24 * file,
    snapshotBytesPerDay: rollsPerHour * 24 * load.snapshotBytes,
    neededBytes: purged ? kept * (file + load.snapshotBytes) * SAFETY : Infinity,
  };
}
