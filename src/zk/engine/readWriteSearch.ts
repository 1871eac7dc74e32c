import { setTimeout as sleep } from 'node:timers/promises';
import type { HostPort } from '../connectString';
import { dial, type DialOptions } from './dial';

const FIRST_WAIT_MS = 100;
const MAXIMUM_WAIT_MS = 10_000;
const ANSWER_BYTES = 64;

/**
 * Looks for a server that has its ensemble, by the four-letter word `isro`, which servers in
 * read-only mode always allow. Goes round the hosts with growing waits until one is found or the
 * signal aborts (then it rejects).
 */
export async function searchReadWrite(
  hosts: readonly HostPort[],
  options: DialOptions,
): Promise<HostPort> {
  for (let attempt = 0; ; attempt++) {
    const host = hosts[attempt % hosts.length];
    const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempt, 16), MAXIMUM_WAIT_MS);
    await sleep(wait, undefined, { signal: options.signal });
    if (host && (await isReadWrite(host, options).catch(() => false))) return host;
  }
}

async function isReadWrite(host: HostPort, options: DialOptions): Promise<boolean> {
  const socket = await dial(host, options);
  const timer = setTimeout(() => socket.destroy(), options.timeoutMs);
  try {
    socket.on('error', () => {});
    socket.end('isro');
    let answer = '';
    for await (const chunk of socket) {
      answer += String(chunk);
      if (answer.length > ANSWER_BYTES) break;
    }
    return answer.trim() === 'rw';
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}
