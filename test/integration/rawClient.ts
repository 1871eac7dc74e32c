import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { FrameReader } from '../../src/zk/engine/frames';
import { readConnectReply, writeConnectRequest } from '../../src/zk/engine/handshake';
import { NO_SESSION, type ConnectReply, type SessionKey } from '../../src/zk/engine/handshake';
import { JuteReader } from '../../src/zk/engine/juteReader';
import { JuteWriter } from '../../src/zk/engine/juteWriter';

/** One connection of which a test writes every byte. */
export class RawClient {
  /** Messages that have come, without their lengths. */
  readonly messages: Buffer[] = [];
  isClosed = false;
  private readonly socket: Socket;
  private changed = (): void => {};

  private constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    const frames = new FrameReader((buffer, start, end) => {
      this.messages.push(Buffer.from(buffer.subarray(start, end)));
    });
    this.socket.on('data', (chunk: Buffer) => {
      frames.push(chunk);
      this.changed();
    });
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      this.isClosed = true;
      this.changed();
    });
  }

  static async open(port: number): Promise<RawClient> {
    const client = new RawClient(port);
    await once(client.socket, 'connect');
    return client;
  }

  /** Greets; a timeout of 0 in the reply means that the session has expired. */
  async greet(
    session: SessionKey = NO_SESSION,
    lastZxid = 0n,
    timeoutMs = 4_000,
  ): Promise<ConnectReply | undefined> {
    this.send((w) => writeConnectRequest(w, { session, lastZxid, timeoutMs, readOnly: false }));
    const reply = await this.next();
    return reply && readConnectReply(JuteReader.of(reply));
  }

  send(write: (w: JuteWriter) => void): void {
    const w = new JuteWriter();
    w.int(0);
    write(w);
    w.intAt(0, w.length - 4);
    this.socket.write(w.take());
  }

  /** Sends bytes as they are. */
  write(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  /** The next message; undefined when the server has closed the connection. */
  async next(): Promise<Buffer | undefined> {
    while (this.messages.length === 0 && !this.isClosed) await this.change();
    return this.messages.shift();
  }

  async closed(): Promise<void> {
    while (!this.isClosed) await this.change();
  }

  close(): void {
    this.socket.destroy();
  }

  private change(): Promise<void> {
    return new Promise((resolve) => (this.changed = resolve));
  }
}

/** The header of a reply. */
export function headerOf(message: Buffer): { xid: number; zxid: bigint; code: number } {
  return {
    xid: message.readInt32BE(0),
    zxid: message.readBigInt64BE(4),
    code: message.readInt32BE(12),
  };
}
