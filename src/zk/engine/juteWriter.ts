const INITIAL_BYTES = 4096;
/** A buffer that grew beyond this for one large request is not kept. */
const KEPT_BYTES = 1 << 20;
/** Shorter strings are written by a loop, which is faster than a native call while they are ASCII. */
const SHORT = 64;

/**
 * Writes jute records into one growing buffer: big-endian integers, and length-prefixed strings,
 * buffers and vectors (`zookeeper-jute/.../BinaryOutputArchive.java`).
 */
export class JuteWriter {
  private buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  private view = viewOf(this.buffer);
  private at = 0;

  /** @param chroot is put before every path, see `path()` */
  constructor(private chroot = '') {}

  /** How many bytes have been written since the last `take`. */
  get length(): number {
    return this.at;
  }

  /** Forgets everything after the first `length` bytes. */
  truncate(length: number): void {
    this.at = length;
  }

  /**
   * What was written since the last call, as a buffer of its own: not from Node's pool, where data
   * that is kept for long would keep the requests around it alive.
   */
  take(): Buffer {
    const bytes = Buffer.allocUnsafeSlow(this.at);
    this.buffer.copy(bytes, 0, 0, this.at);
    this.at = 0;
    if (this.buffer.length > KEPT_BYTES) {
      this.buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES);
      this.view = viewOf(this.buffer);
    }
    return bytes;
  }

  bool(value: boolean): void {
    this.reserve(1);
    this.buffer[this.at++] = value ? 1 : 0;
  }

  int(value: number): void {
    this.reserve(4);
    this.view.setInt32(this.at, value);
    this.at += 4;
  }

  /** Overwrites four bytes that were written before. */
  intAt(position: number, value: number): void {
    this.view.setInt32(position, value);
  }

  long(value: bigint): void {
    this.reserve(8);
    this.view.setBigInt64(this.at, value);
    this.at += 8;
  }

  bytes(value: Uint8Array): void {
    this.reserve(4 + value.length);
    this.view.setInt32(this.at, value.length);
    this.buffer.set(value, this.at + 4);
    this.at += 4 + value.length;
  }

  string(text: string): void {
    const start = this.at;
    this.reserve(4);
    this.at += 4;
    this.raw(text);
    this.view.setInt32(start, this.at - start - 4);
  }

  /** Null when there is none, which servers tell from the empty string. */
  optionalString(text: string | undefined): void {
    if (text === undefined) this.int(-1);
    else this.string(text);
  }

  /** A path of the connection: the chroot is put before it. */
  path(path: string): void {
    this.pathPrefix(path === '/' && this.chroot !== '' ? '' : path);
  }

  /** The beginning of a path that the server completes: `/` stands for a nameless child. */
  pathPrefix(path: string): void {
    const start = this.at;
    this.reserve(4);
    this.at += 4;
    if (this.chroot !== '') this.raw(this.chroot);
    this.raw(path);
    this.view.setInt32(start, this.at - start - 4);
  }

  /** Paths written by `write` are those of the ensemble itself. */
  withoutChroot(write: () => void): void {
    const { chroot } = this;
    this.chroot = '';
    write();
    this.chroot = chroot;
  }

  vector<T>(items: readonly T[], write: (item: T) => void): void {
    this.int(items.length);
    for (const item of items) write(item);
  }

  private raw(text: string): void {
    this.reserve(text.length * 3);
    if (text.length <= SHORT) {
      let index = 0;
      for (; index < text.length; index++) {
        const unit = text.charCodeAt(index);
        if (unit >= 0x80) break;
        this.buffer[this.at + index] = unit;
      }
      if (index === text.length) {
        this.at += index;
        return;
      }
    }
    this.at += this.buffer.write(text, this.at, 'utf8');
  }

  private reserve(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.at + bytes));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
    this.view = viewOf(larger);
  }
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
}
