import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../base/logger';
import type { Change, UndoEntry, UndoRecord, UndoStore, UndoWriter } from '../../zk/edit/undo';
import { UndoFileWriter } from './undoFileWriter';
import { END_LINE, headLine, parseHead, readLines, type Head } from './undoLines';

export interface UndoFilesOptions {
  /** Of the extension's global storage; made when it is needed. */
  readonly folder: string;
  /** Whether this connection's losses may be kept. */
  readonly keeps: (connectionId: string) => boolean;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly bytesPerChange?: number;
  readonly bytesInTotal?: number;
  readonly expiryMs?: number;
}

const DAY_MS = 24 * 60 * 60_000;
const MAX_PATHS_IN_HEAD = 100;
/** A head is far shorter: 100 paths. */
const HEAD_BYTES = 256 * 1024;
const NAME = /^(\d{1,15})-[0-9a-f-]{36}\.jsonl$/;

/**
 * One file per change, named by its time, readable by nobody else. They go when they expire or, the
 * oldest first, when they are too large together. Windows share the folder.
 */
export class UndoFiles implements UndoStore {
  readonly bytesPerChange: number;
  private readonly bytesInTotal: number;
  private readonly expiryMs: number;
  private readonly now: () => number;
  /** Of this window; never removed while they are being written. */
  private readonly ours = new Set<string>();
  private readonly beingWritten = new Set<string>();

  constructor(private readonly options: UndoFilesOptions) {
    this.bytesPerChange = options.bytesPerChange ?? 50_000_000;
    this.bytesInTotal = options.bytesInTotal ?? 200_000_000;
    this.expiryMs = options.expiryMs ?? 7 * DAY_MS;
    this.now = options.now ?? Date.now;
  }

  async begin(change: Change): Promise<UndoWriter | undefined> {
    if (!this.options.keeps(change.connectionId)) return undefined;
    const time = this.now();
    const id = `${time}-${randomUUID()}`;
    try {
      await this.prepareFolder();
      await this.prune();
      const file = await open(this.fileOf(id), 'wx', 0o600);
      const { connectionId, connectionName, kind } = change;
      const paths = change.paths.slice(0, MAX_PATHS_IN_HEAD);
      this.ours.add(id);
      this.beingWritten.add(id);
      return new UndoFileWriter(
        file,
        headLine({ time, connectionId, connectionName, kind, paths }),
        {
          id,
          limit: this.bytesPerChange,
          log: this.options.log,
          ended: async (isKept) => {
            this.beingWritten.delete(id);
            await (isKept ? this.prune() : this.remove(id));
          },
        },
      );
    } catch (error) {
      this.options.log.error('undo: nothing can be kept', error);
      return undefined;
    }
  }

  async list(connectionId?: string): Promise<UndoEntry[]> {
    await this.prune();
    const entries: UndoEntry[] = [];
    for (const { id } of await this.files()) {
      const entry = this.beingWritten.has(id) ? undefined : await this.entry(id);
      if (!entry) continue;
      if (connectionId === undefined || entry.connectionId === connectionId) entries.push(entry);
    }
    return entries;
  }

  async read(id: string): Promise<UndoRecord | undefined> {
    try {
      const [first = '', ...rest] = (await readFile(this.fileOf(id), 'utf8')).split('\n');
      const head = parseHead(first);
      const lines = head && readLines(rest);
      if (head && lines) return { ...this.toEntry(id, head, lines.isComplete), ...lines };
      this.options.log.warn(`undo: ${id} is damaged`);
    } catch (error) {
      this.options.log.error(`undo: ${id} cannot be read`, error);
    }
    return undefined;
  }

  async remove(id: string): Promise<void> {
    this.ours.delete(id);
    await rm(this.fileOf(id), { force: true }).catch((error: unknown) =>
      this.options.log.error(`undo: ${id} cannot be removed`, error),
    );
  }

  private async prepareFolder(): Promise<void> {
    const { folder } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  }

  private async prune(): Promise<void> {
    const oldest = this.now() - this.expiryMs;
    let total = 0;
    for (const { id, time } of await this.files()) {
      if (this.beingWritten.has(id)) continue;
      const size = await stat(this.fileOf(id)).then(
        (found) => found.size,
        () => 0,
      );
      total += size;
      if (time < oldest || total > this.bytesInTotal) await this.remove(id);
    }
  }

  /** Newest first. */
  private async files(): Promise<{ readonly id: string; readonly time: number }[]> {
    const names = await readdir(this.options.folder).catch(() => []);
    return names
      .flatMap((name) => {
        const time = NAME.exec(name)?.[1];
        return time === undefined ? [] : [{ id: name.slice(0, -6), time: Number(time) }];
      })
      .sort((a, b) => b.time - a.time || (a.id < b.id ? 1 : -1));
  }

  private async entry(id: string): Promise<UndoEntry | undefined> {
    let file: FileHandle | undefined;
    try {
      file = await open(this.fileOf(id));
      const { size } = await file.stat();
      const [first = ''] = (await textAt(file, 0, Math.min(size, HEAD_BYTES))).split('\n', 1);
      const head = parseHead(first);
      const tail = await textAt(file, Math.max(0, size - END_LINE.length), END_LINE.length);
      return head && this.toEntry(id, head, tail === END_LINE);
    } catch {
      return undefined; // it went meanwhile, or is none of ours
    } finally {
      await file?.close();
    }
  }

  private toEntry(id: string, head: Head, isComplete: boolean): UndoEntry {
    const { time, connectionId, connectionName, kind, paths } = head;
    const isOurs = this.ours.has(id);
    return { id, time, connectionId, connectionName, kind, paths, isOurs, isComplete };
  }

  private fileOf(id: string): string {
    return join(this.options.folder, `${id}.jsonl`);
  }
}

async function textAt(file: FileHandle, position: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.toString('utf8', 0, bytesRead);
}
