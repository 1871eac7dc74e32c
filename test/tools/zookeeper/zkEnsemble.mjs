// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 25;

/** Short, as a frozen member would hold up each round. */
const ANSWER_LIMIT_MS = 300;

/** @typedef {import('./zkServer.mjs').ZkServer} ZkServer */

/** Servers that elect a leader among themselves. */
export class ZkEnsemble {
  /** @param {readonly ZkServer[]} servers */
  constructor(servers) {
    this.servers = servers;
  }

  /** Of all members, dead ones too. */
  get connectString() {
    return this.servers.map((server) => server.connectString).join(',');
  }

  /**
   * The leader, once there is exactly one and it has a majority behind it: right after a failure
   * or a thaw there may be none for a moment, or one that has not noticed yet that it lost.
   * @param {number} [timeoutMs]
   * @returns {Promise<ZkServer>}
   */
  async leader(timeoutMs = 20_000) {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const modes = await Promise.all(this.servers.map((server) => server.mode(ANSWER_LIMIT_MS)));
      const leaders = this.servers.filter((_, index) => modes[index] === 'leader');
      const followers = modes.filter((mode) => mode === 'follower').length;
      const [leader] = leaders;
      if (leader && leaders.length === 1 && (1 + followers) * 2 > this.servers.length) {
        return leader;
      }
      if (Date.now() > deadline) {
        const seen = modes.map((mode) => mode ?? 'not serving').join(', ');
        throw new Error(`No leader within ${timeoutMs} ms. The servers are: ${seen}`);
      }
      await sleep(POLL_MS);
    }
  }

  /** Ends every member and removes the directories. */
  async stop() {
    await Promise.all(this.servers.map((server) => server.stop()));
  }
}
