import { ZkError } from '../errors';
import { decodeString } from './utf8';

const EMPTY = new Uint8Array(0);

/**
 * Reads jute records (`zookeeper-jute/.../BinaryInputArchive.java`) between two positions of a
 * buffer. Whatever the bytes are, it ends with a value or with a `MarshallingError`, and allocates
 * no more than a small multiple of what is there to read.
 */
export class JuteReader {
  private buffer: Buffer = Buffer.alloc(0);
  private view = new DataView(this.buffer.buffer, 0, 0);
  private at = 0;
  private end = 0;

  /** @param chroot is taken off every path, see `path()` */
  constructor(private chroot = '') {}

  static of(bytes: Uint8Array, chroot = ''): JuteReader {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return new JuteReader(chroot).reset(buffer, 0, buffer.length);
  }

  reset(buffer: Buffer, start: number, end: number): this {
    if (buffer !== this.buffer) {
      this.buffer = buffer;
      this.view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
    }
    this.at = start;
    this.end = end;
    return this;
  }

  get remaining(): number {
    return this.end - this.at;
  }

  bool(): boolean {
    return this.buffer[this.skip(1)] !== 0;
  }

  int(): number {
    return this.view.getInt32(this.skip(4));
  }

  long(): bigint {
    return this.view.getBigInt64(this.skip(8));
  }

  /** A 64-bit integer as a number: exact to 2^53, which is enough for times. */
  longAsNumber(): number {
    const at = this.skip(8);
    return this.view.getInt32(at) * 0x1_0000_0000 + this.view.getUint32(at + 4);
  }

  /**
   * A copy (from Node's pool when it is small), so that a value doesn't keep the chunk alive that it
   * came in. Null reads as empty.
   */
  bytes(): Uint8Array {
    const length = this.length();
    if (length === 0) return EMPTY;
    const start = this.skip(length);
    const copy = Buffer.allocUnsafe(length);
    this.buffer.copy(copy, 0, start, start + length);
    return copy;
  }

  /** Null reads as the empty string. */
  string(): string {
    const length = this.length();
    const start = this.skip(length);
    return decodeString(this.buffer, start, start + length);
  }

  /** A path as the connection sees it: without the chroot. */
  path(): string {
    const path = this.string();
    const { chroot } = this;
    if (chroot === '' || !path.startsWith(chroot)) return path;
    if (path.length === chroot.length) return '/';
    return path[chroot.length] === '/' ? path.slice(chroot.length) : path;
  }

  /** Paths read by `read` are those of the ensemble itself. */
  withoutChroot<T>(read: () => T): T {
    const { chroot } = this;
    this.chroot = '';
    try {
      return read();
    } finally {
      this.chroot = chroot;
    }
  }

  /** @param minimumBytes the least that one item takes: bounds what a false length can cost */
  vector<T>(minimumBytes: number, read: () => T): T[] {
    const count = this.int();
    if (count <= 0) return [];
    if (count * minimumBytes > this.remaining) throw this.malformed(`vector of ${count}`);
    const items = new Array<T>(count);
    for (let index = 0; index < count; index++) items[index] = read();
    return items;
  }

  /** -1 stands for null. */
  private length(): number {
    const length = this.int();
    if (length >= 0) return length;
    if (length === -1) return 0;
    throw this.malformed(`length ${length}`);
  }

  private skip(bytes: number): number {
    const at = this.at;
    if (bytes > this.end - at) throw this.malformed(`${bytes} bytes wanted`);
    this.at = at + bytes;
    return at;
  }

  private malformed(what: string): ZkError {
    return new ZkError('MarshallingError', `malformed record: ${what}, ${this.remaining} left`);
  }
}
