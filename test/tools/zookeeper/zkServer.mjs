// @ts-check
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { HOST } from './config.mjs';
import { fourLetterWord, serverMode } from './fourLetterWord.mjs';
import { startGuarded } from './guardedProcess.mjs';
import { hasLostPort, startFailure } from './startFailure.mjs';

/**
 * How far a start has to get: `listening` = answers `ruok`, `serving` = has a quorum (or needs
 * none) and takes requests.
 * @typedef {'listening' | 'serving'} Stage
 */

const POLL_MS = 25;

/** One server process with its directory: it can be killed, frozen and started again in place. */
export class ZkServer {
  host = HOST;
  /** @type {import('./guardedProcess.mjs').GuardedProcess | undefined} */
  #process;
  #isFrozen = false;
  #command;
  #directory;
  #startLimitMs;

  /**
   * @param {import('./config.mjs').ServerPlan} plan
   * @param {{ command: readonly string[], logFile: string, startLimitMs: number }} how
   */
  constructor(plan, how) {
    this.id = plan.id;
    this.port = plan.port;
    this.adminPort = plan.adminPort;
    this.connectString = `${HOST}:${plan.port}`;
    this.dataDir = plan.dataDir;
    this.logFile = how.logFile;
    this.#command = how.command;
    this.#directory = plan.directory;
    this.#startLimitMs = how.startLimitMs;
  }

  /** Of the JVM. Changes with every restart. */
  get pid() {
    if (!this.#process) throw new Error(`Server ${this.connectString} was never started`);
    return this.#process.pid;
  }

  get isRunning() {
    return this.#process !== undefined && this.#process.exitCode() === undefined;
  }

  /** @param {Stage} until */
  async start(until) {
    this.#isFrozen = false;
    this.#process = await startGuarded({
      command: this.#command,
      logFile: this.logFile,
      directory: this.#directory,
    });
    await this.waitUntil(until);
  }

  /** Fails unless the first start got every port. */
  async assertPortsBound() {
    if (await hasLostPort(this.logFile)) throw await this.#failure('did not get all its ports');
  }

  /** @param {Stage} stage */
  async waitUntil(stage) {
    const deadline = Date.now() + this.#startLimitMs;
    while (!(await this.#hasReached(stage))) {
      if (!this.isRunning) throw await this.#failure('ended while starting');
      if (Date.now() > deadline) {
        throw await this.#failure(`was not ${stage} within ${this.#startLimitMs} ms`);
      }
      await sleep(POLL_MS);
    }
  }

  /**
   * What it says it is; undefined while it does not serve.
   * @param {number} [timeoutMs]
   */
  mode(timeoutMs) {
    return serverMode(HOST, this.port, timeoutMs);
  }

  /**
   * Ends the JVM and waits until it is gone. The data stays for `restart`.
   * @param {NodeJS.Signals} [signal]
   */
  async kill(signal = 'SIGKILL') {
    if (!this.#process || !this.isRunning) return;
    const running = this.#process;
    running.signal(signal);
    this.resume();
    // The timer also keeps this process alive while it waits.
    const lastResort = setTimeout(() => running.signal('SIGKILL'), 10_000);
    await running.exited;
    clearTimeout(lastResort);
  }

  /** Ends the JVM and removes its directory. */
  async stop() {
    await this.kill();
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** Stops the JVM's threads: connections stay open and nothing is answered. */
  freeze() {
    this.#process?.signal('SIGSTOP');
    this.#isFrozen = true;
  }

  resume() {
    if (!this.#isFrozen) return;
    this.#process?.signal('SIGCONT');
    this.#isFrozen = false;
  }

  /**
   * Starts it again on the same ports and data, killing it first when it still runs. Wait for
   * `listening` only when the rest of its ensemble is down.
   * @param {Stage} [until]
   */
  async restart(until = 'serving') {
    await this.kill();
    await this.start(until);
  }

  /** @param {Stage} stage */
  async #hasReached(stage) {
    if (stage === 'serving') {
      const mode = await this.mode();
      return mode !== undefined && mode !== 'read-only';
    }
    return (await fourLetterWord(HOST, this.port, 'ruok').catch(() => '')) === 'imok';
  }

  /** @param {string} what */
  #failure(what) {
    return startFailure(`ZooKeeper server ${this.connectString} ${what}`, this.logFile);
  }
}
