import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { FrameReader } from '../../src/zk/engine/frames';
import { JuteReader } from '../../src/zk/engine/juteReader';
import { JuteWriter } from '../../src/zk/engine/juteWriter';

/** One client's connection to a fake server. */
export class FakeConnection {
  constructor(
    readonly socket: Socket,
    /** Counted from 1. */
    readonly number: number,
  ) {}

  greet(sessionId: bigint, timeoutMs = 4_000): void {
    this.message((w) => {
      w.int(0);
      w.int(timeoutMs);
      w.long(sessionId);
      w.bytes(new Uint8Array(16));
      w.bool(false);
    });
  }

  reply(xid: number, code = 0, body: (w: JuteWriter) => void = () => {}): void {
    this.message((w) => {
      w.int(xid);
      w.long(7n);
      w.int(code);
      body(w);
    });
  }

  message(write: (w: JuteWriter) => void): void {
    const w = new JuteWriter();
    w.int(0);
    write(w);
    w.intAt(0, w.length - 4);
    this.socket.write(w.take());
  }
}

export interface FakeRequest {
  readonly xid: number;
  readonly type: number;
  readonly body: JuteReader;
  readonly connection: FakeConnection;
}

export interface FakeServer {
  readonly connectString: string;
  /** Connections accepted since the start. */
  readonly accepted: number;
  stop(): void;
}

const PING = 11;

/** A server whose answers a test makes up. Pings are answered, the rest is the test's business. */
export async function startFakeServer(script: {
  readonly onConnect?: (connection: FakeConnection) => void;
  /** The client's greeting; by default session 0x1234 is handed out. */
  readonly onGreeting?: (connection: FakeConnection) => void;
  readonly onRequest?: (request: FakeRequest) => void;
}): Promise<FakeServer> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server = createServer((socket) => {
    const connection = new FakeConnection(socket, ++accepted);
    let isGreeted = false;
    sockets.add(socket);
    const frames = new FrameReader((buffer, start, end) => {
      const body = new JuteReader().reset(buffer, start, end);
      if (!isGreeted) {
        isGreeted = true;
        if (script.onGreeting) script.onGreeting(connection);
        else connection.greet(0x1234n);
        return;
      }
      const [xid, type] = [body.int(), body.int()];
      if (type === PING) connection.reply(xid);
      else script.onRequest?.({ xid, type, body, connection });
    });
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    if (script.onConnect) script.onConnect(connection);
    else socket.on('data', (chunk) => frames.push(chunk));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    connectString: `127.0.0.1:${port}`,
    get accepted() {
      return accepted;
    },
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
