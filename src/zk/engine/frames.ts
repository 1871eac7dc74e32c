import { ZkError } from '../errors';

/** Every message of the protocol is preceded by its length as a 32-bit integer. */
const PREFIX = 4;

export const DEFAULT_FRAME_LIMIT = 64 * 1024 * 1024;

/** Gets one message: the bytes of `buffer` from `start` up to `end`, valid until it returns. */
export type FrameListener = (buffer: Buffer, start: number, end: number) => void;

/**
 * Cuts a byte stream into messages. A message that lies within one chunk is not copied; one that
 * comes in many pieces is joined once, when its last piece is there.
 */
export class FrameReader {
  private pieces: Buffer[] = [];
  private have = 0;
  /** Bytes of the message under way with its prefix; unknown until the prefix is there. */
  private wanted = PREFIX;
  private isPrefixKnown = false;

  constructor(
    private readonly onFrame: FrameListener,
    private readonly limit = DEFAULT_FRAME_LIMIT,
  ) {}

  /** Throws a `MarshallingError` when this cannot be (what we accept of) the protocol. */
  push(chunk: Buffer): void {
    let from = 0;
    while (this.have > 0 && from < chunk.length) {
      const taken = Math.min(this.wanted - this.have, chunk.length - from);
      this.pieces.push(chunk.subarray(from, from + taken));
      this.have += taken;
      from += taken;
      this.complete();
    }
    this.wholeFrames(chunk, from);
  }

  /** The pieces have reached `wanted`: the prefix is there, or the whole message. */
  private complete(): void {
    if (this.have < this.wanted) return;
    const [first] = this.pieces;
    const joined = first?.length === this.have ? first : Buffer.concat(this.pieces, this.have);
    if (!this.isPrefixKnown) {
      this.pieces = [joined];
      this.wanted = PREFIX + this.lengthAt(joined, 0);
      this.isPrefixKnown = true;
      if (this.have < this.wanted) return;
    }
    this.pieces = [];
    this.have = 0;
    this.wanted = PREFIX;
    this.isPrefixKnown = false;
    this.onFrame(joined, PREFIX, joined.length);
  }

  private wholeFrames(chunk: Buffer, start: number): void {
    let from = start;
    while (chunk.length - from >= PREFIX) {
      const end = from + PREFIX + this.lengthAt(chunk, from);
      if (end > chunk.length) {
        this.wanted = end - from;
        this.isPrefixKnown = true;
        break;
      }
      this.onFrame(chunk, from + PREFIX, end);
      from = end;
    }
    if (from === chunk.length) return;
    this.pieces = [chunk.subarray(from)];
    this.have = chunk.length - from;
  }

  private lengthAt(buffer: Buffer, at: number): number {
    const length = buffer.readInt32BE(at);
    if (length >= 0 && length <= this.limit) return length;
    throw new ZkError(
      'MarshallingError',
      describeBadLength(buffer.subarray(at, at + 64), this.limit),
    );
  }
}

/** An alert or a handshake message, and the major version. */
function isTlsRecord([type, version]: Buffer): boolean {
  return (type === 21 || type === 22) && version === 3;
}

/** Says who answered, when the first bytes are those of another protocol. */
function describeBadLength(start: Buffer, limit: number): string {
  const text = start.toString('latin1');
  if (/^(HTTP\/|<!DOCTYPE|<html)/i.test(text))
    return 'not a ZooKeeper port: an HTTP server answered';
  if (isTlsRecord(start)) return 'the port speaks TLS, but TLS is off for this connection';
  if (text.startsWith('SSH-')) return 'not a ZooKeeper port: an SSH server answered';
  const length = start.readInt32BE(0);
  if (length > limit) return `a message of ${length} bytes is over the limit of ${limit} bytes`;
  return `not the ZooKeeper protocol: message length ${length}`;
}
