import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dial } from '../../../src/zk/engine/dial';

/** A server that accepts, and says nothing. */
const sockets: Socket[] = [];
const server = createServer((socket) => {
  socket.on('error', () => {});
  sockets.push(socket);
});

beforeEach(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

test('a dial that is given up while the files of TLS are read leaves no connection', async () => {
  const stop = new AbortController();
  const host = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  const tls = {
    get caFile() {
      stop.abort(new Error('given up'));
      return fileURLToPath(import.meta.url);
    },
  };
  const dialled = dial(host, { timeoutMs: 60_000, signal: stop.signal, tls });
  await expect(dialled).rejects.toThrow('given up');
  await expect.poll(() => sockets.every((socket) => socket.destroyed)).toBe(true);
});
