import { equalBytes } from './bytes';

/** A value that a znode had when this window saw it. */
export interface EarlierValue {
  /** Unique in this window, from 1. */
  readonly id: number;
  readonly data: Uint8Array;
  /** Of the znode's data; it begins at 0 again when the znode is created anew. */
  readonly version: number;
  /** When it was written, by the server's clock, in ms since 1970. */
  readonly mtime: number;
}

export interface HistoryLimits {
  /** Of each znode. */
  readonly values: number;
  /** Of all znodes together. */
  readonly bytes: number;
}

/** A znode's data is below 1 MiB unless its servers are told otherwise. */
const LIMITS: HistoryLimits = { values: 20, bytes: 32 * 1024 * 1024 };

/** The last values of the znodes that were read, in memory. The oldest give way to newer ones. */
export class ValueHistory {
  private readonly values = new Map<string, EarlierValue[]>();
  private lastId = 0;
  private bytes = 0;

  constructor(private readonly limits = LIMITS) {}

  /** Reading the same data again adds nothing, nor does a value that is larger than the limit. */
  add(key: string, { data, version, mtime }: Omit<EarlierValue, 'id'>): void {
    const known = this.values.get(key) ?? [];
    const [newest] = known;
    if (newest && equalBytes(newest.data, data)) return;
    if (data.length > this.limits.bytes) return;
    known.unshift({ id: ++this.lastId, data: data.slice(), version, mtime });
    this.values.set(key, known);
    this.bytes += data.length;
    if (known.length > this.limits.values) this.drop(key);
    while (this.bytes > this.limits.bytes) this.drop(this.keyOfOldest());
  }

  /** The newest first. */
  of(key: string): readonly EarlierValue[] {
    return this.values.get(key) ?? [];
  }

  get(key: string, id: number): EarlierValue | undefined {
    return this.of(key).find((value) => value.id === id);
  }

  private drop(key: string): void {
    const known = this.values.get(key);
    const oldest = known?.pop();
    if (known?.length === 0) this.values.delete(key);
    this.bytes -= oldest?.data.length ?? 0;
  }

  private keyOfOldest(): string {
    const [oldest] = [...this.values].sort(([, a], [, b]) => oldestId(a) - oldestId(b));
    return oldest?.[0] ?? '';
  }
}

function oldestId(values: readonly EarlierValue[]): number {
  return values.at(-1)?.id ?? Infinity;
}
