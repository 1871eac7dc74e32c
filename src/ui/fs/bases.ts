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

/** The document that shows a znode, as far as the extension host has heard of it. */
export interface Shower {
  readonly isDirty: boolean;
  getText(): string;
}

interface Read {
  readonly base: Base;
  readonly text: string;
}

/**
 * The base of each document, by its URI. A read tells nothing by itself: it may be anybody's (another
 * extension, *Compare with Saved*), or its text may have come too late, when the user was typing. It
 * counts when a clean document shows its text.
 */
export class Bases {
  private readonly current = new Map<string, Base>();
  private readonly lastRead = new Map<string, Read>();
  private readonly unsaved: Map<string, Base>;

  constructor(private readonly storage: BaseStorage) {
    this.unsaved = restored(storage.get(KEY));
    for (const [uri, base] of this.unsaved) this.current.set(uri, base);
  }

  /** What a save has to find on the server; undefined when nobody knows. */
  of(uri: string): Base | undefined {
    return this.current.get(uri);
  }

  /** @param text what the read would show */
  onRead(uri: string, base: Base, text: string, document: Shower | undefined): void {
    this.lastRead.set(uri, { base, text });
    if (document) this.onDocument(uri, document);
    else if (!this.unsaved.has(uri)) this.current.set(uri, base);
  }

  /** The document was opened, changed, saved or reverted. */
  onDocument(uri: string, document: Shower): void {
    const read = this.lastRead.get(uri);
    if (!document.isDirty) {
      if (read?.text === document.getText()) this.current.set(uri, read.base);
      if (this.unsaved.delete(uri)) this.store();
      return;
    }
    const base = this.current.get(uri);
    if (base && !this.unsaved.has(uri)) this.keep(uri, base);
  }

  /** A save has left this value on the server. */
  onSaved(uri: string, base: Base): void {
    this.current.set(uri, base);
    this.lastRead.delete(uri);
    if (this.unsaved.has(uri)) this.keep(uri, base);
  }

  forget(uri: string): void {
    this.current.delete(uri);
    this.lastRead.delete(uri);
    if (this.unsaved.delete(uri)) this.store();
  }

  private keep(uri: string, base: Base): void {
    this.unsaved.set(uri, base);
    this.store();
  }

  private store(): void {
    const entries = [...this.unsaved].map(([uri, { czxid, version }]) => [
      ...[uri, czxid.toString(), version],
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
