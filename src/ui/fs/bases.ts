import type { ZnodeStat } from '../../domain/znode/stat';

/** Which value of a znode a text was made from. `czxid` tells a znode from its successor. */
export interface Base {
  readonly czxid: bigint;
  readonly version: number;
}

/** Where bases of unsaved texts outlive the window: hot exit restores the text without a read. */
export interface BaseStorage {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'bases';

export function baseOf({ czxid, version }: ZnodeStat): Base {
  return { czxid, version };
}

export function isSameBase(a: Base, b: Base): boolean {
  return a.czxid === b.czxid && a.version === b.version;
}

/**
 * The base of each document, by its URI. A read while the document is unsaved may be anybody's
 * (another extension, *Compare with Saved*): it counts only once the document is clean again.
 */
export class Bases {
  private readonly current = new Map<string, Base>();
  private readonly pending = new Map<string, Base>();
  private readonly unsaved: Map<string, Base>;

  constructor(private readonly storage: BaseStorage) {
    this.unsaved = restored(storage.get(KEY));
    for (const [uri, base] of this.unsaved) this.current.set(uri, base);
  }

  /** What a save of the document has to find on the server; undefined when nobody knows. */
  of(uri: string): Base | undefined {
    return this.current.get(uri);
  }

  onRead(uri: string, base: Base): void {
    if (this.unsaved.has(uri)) this.pending.set(uri, base);
    else this.current.set(uri, base);
  }

  /** The user's text has replaced this value, or the user agreed to that. */
  set(uri: string, base: Base): void {
    this.current.set(uri, base);
    this.pending.delete(uri);
    if (this.unsaved.has(uri)) this.keep(uri, base);
  }

  onUnsaved(uri: string): void {
    const base = this.current.get(uri);
    if (base && !this.unsaved.has(uri)) this.keep(uri, base);
  }

  /** Saved, reverted or closed: what was read last is what is shown. */
  onClean(uri: string): void {
    const read = this.pending.get(uri);
    if (read) this.current.set(uri, read);
    this.pending.delete(uri);
    if (this.unsaved.delete(uri)) this.store();
  }

  forget(uri: string): void {
    this.onClean(uri);
    this.current.delete(uri);
  }

  private keep(uri: string, base: Base): void {
    this.unsaved.set(uri, base);
    this.store();
  }

  private store(): void {
    const entries = [...this.unsaved].map(([uri, { czxid, version }]) => [
      uri,
      czxid.toString(),
      version,
    ]);
    void this.storage.update(KEY, entries);
  }
}

function restored(stored: unknown): Map<string, Base> {
  const bases = new Map<string, Base>();
  for (const entry of Array.isArray(stored) ? (stored as unknown[]) : []) {
    if (!Array.isArray(entry)) continue;
    const [uri, czxid, version] = entry as unknown[];
    if (typeof uri !== 'string' || typeof version !== 'number') continue;
    if (typeof czxid !== 'string' || !/^\d+$/.test(czxid)) continue;
    bases.set(uri, { czxid: BigInt(czxid), version });
  }
  return bases;
}
