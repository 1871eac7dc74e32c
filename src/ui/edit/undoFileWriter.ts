import type { FileHandle } from 'node:fs/promises';
import type { Logger } from '../../base/logger';
import type { ZPath } from '../../domain/znode/path';
import type { LeftZnode, LostZnode, UndoWriter } from '../../zk/edit/undo';
import { END_LINE, LineWriter } from './undoLines';

export interface UndoFileOptions {
  readonly id: string;
  /** Bytes that the file may have. */
  readonly limit: number;
  readonly log: Logger;
  /** Called once, after the file was closed. */
  readonly ended: (isKept: boolean) => Promise<void>;
}

/** Writes one undo file. Lines that come while a write is under way go together with the next one. */
export class UndoFileWriter implements UndoWriter {
  readonly id: string;
  private readonly lines = new LineWriter();
  private pending: string;
  private size = 0;
  private writing: Promise<boolean> | undefined;
  private isFull = false;
  private hasEnded = false;

  constructor(
    private readonly file: FileHandle,
    head: string,
    private readonly options: UndoFileOptions,
  ) {
    this.pending = head;
    this.id = options.id;
  }

  lost(znode: LostZnode): Promise<boolean> {
    return this.add(this.lines.lost(znode));
  }

  left(znode: LeftZnode): Promise<boolean> {
    return this.add(this.lines.left(znode));
  }

  async spared(path: ZPath): Promise<void> {
    await this.add(this.lines.spared(path));
  }

  async commit(left: readonly LeftZnode[] = []): Promise<void> {
    for (const znode of left) void this.left(znode);
    this.pending += END_LINE;
    this.writing ??= this.flush();
    await this.end(true);
  }

  suspend(): Promise<void> {
    return this.end(true);
  }

  discard(): Promise<void> {
    return this.end(false);
  }

  private async add(text: string): Promise<boolean> {
    if (this.isFull || this.hasEnded) return false;
    this.size += Buffer.byteLength(text);
    if (this.size > this.options.limit) this.isFull = true;
    if (this.isFull) return false;
    this.pending += text;
    this.writing ??= this.flush();
    return this.writing;
  }

  private async flush(): Promise<boolean> {
    await Promise.resolve(); // what is added in this turn goes along
    while (this.pending !== '') {
      const text = this.pending;
      this.pending = '';
      try {
        await this.file.appendFile(text);
      } catch (error) {
        this.options.log.error('undo: the file cannot be written', error);
        this.isFull = true;
      }
    }
    this.writing = undefined;
    return !this.isFull;
  }

  private async end(isKept: boolean): Promise<void> {
    if (this.hasEnded) return;
    this.hasEnded = true;
    await this.writing;
    await this.file.close().catch(() => undefined);
    await this.options.ended(isKept);
  }
}
