// @ts-check
import { createServer } from 'node:net';

/**
 * Below the range the kernel gives to outgoing connections (Linux 32768-60999, others higher).
 * A port inside that range can be taken by any client while a server restarts, and a client that
 * keeps dialling a dead server there can even end up connected to itself.
 */
const FIRST = 20_000;
const LAST = 32_000;

/**
 * Ports of servers that are down for a moment look free, so none is handed out twice, and test files
 * that run side by side have ports of their own.
 */
const issued = new Set();
const SHARES = 4;
const SHARE = (LAST - FIRST) / SHARES;
const OWN = FIRST + SHARE * (Number(process.env['VITEST_POOL_ID'] ?? 0) % SHARES);

/**
 * Loopback ports nobody listens on now. Another process may still take one before it is used:
 * whoever starts a server retries when binding fails.
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function freePorts(count) {
  const ports = [];
  while (ports.length < count) {
    const port = OWN + Math.floor(Math.random() * SHARE);
    if (issued.has(port) || !(await canListen(port))) continue;
    issued.add(port);
    ports.push(port);
  }
  return ports;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function canListen(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}
