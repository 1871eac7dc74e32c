export async function print(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise((drained) => process.stdout.once('drain', drained));
}

/** As `print`, but waits until all is on its way, so that the process may end. */
export async function write(bytes: string | Uint8Array): Promise<void> {
  // After an error nothing more is to be done: the listener in cli.ts ends the process.
  await new Promise<void>((done) => process.stdout.write(bytes, (error) => error ?? done()));
}

/** One line on standard error. */
export function complain(message: string): void {
  process.stderr.write(`zkw: ${message.replace(/\s+/g, ' ')}\n`);
}

const FIRST_CAPACITY = 256 << 10;
/** A loop copies as many bytes faster than `set`. */
const MAX_COPIED_BYTES = 64;

/** Bytes on their way to standard output, in one buffer that is used again after each `flush`. */
export class ByteWriter {
  private buffer = Buffer.allocUnsafe(FIRST_CAPACITY);
  private length = 0;

  append(bytes: Uint8Array): void {
    const end = this.length + bytes.length;
    if (end > this.buffer.length) this.grow(end);
    if (bytes.length > MAX_COPIED_BYTES) this.buffer.set(bytes, this.length);
    else for (let i = 0; i < bytes.length; i++) this.buffer[this.length + i] = bytes[i] ?? 0;
    this.length = end;
  }

  /** A slow reader slows the writer; memory stays the same. */
  async flush(): Promise<void> {
    if (this.length === 0) return;
    const bytes = this.buffer.subarray(0, this.length);
    this.length = 0;
    await write(bytes);
  }

  private grow(capacity: number): void {
    const larger = Buffer.allocUnsafe(Math.max(capacity, this.buffer.length * 2));
    larger.set(this.buffer.subarray(0, this.length));
    this.buffer = larger;
  }
}
