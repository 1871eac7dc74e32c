// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const STDERR_TAIL = 4000;

/** @typedef {{ resolve: (value: unknown) => void, reject: (error: Error) => void }} Waiter */

/**
 * Calls into a child process that reads and answers JSON lines in order (see kazoo.py). The child
 * ends when its standard input does, so it cannot outlive this process.
 */
export class JsonLines {
  /** @type {Map<number, Waiter>} */
  #waiting = new Map();
  #lastId = 0;
  #stderr = '';
  #child;
  #exited;

  /**
   * @param {string} program
   * @param {readonly string[]} args
   */
  constructor(program, args) {
    this.#child = spawn(program, args, { stdio: 'pipe' });
    // Writing to a child that has just died is reported by its exit, with its last words.
    this.#child.stdin.on('error', () => {});
    this.#child.stderr.on('data', (data) => {
      this.#stderr = (this.#stderr + String(data)).slice(-STDERR_TAIL);
    });
    createInterface(this.#child.stdout).on('line', (line) => this.#answer(line));
    this.#exited = once(this.#child, 'close');
    void this.#exited.then(
      ([code]) => this.#failAll(`${program} ended with ${code}`),
      (error) => this.#failAll(`${program} could not be started: ${error}`),
    );
  }

  /**
   * @param {string} method
   * @param {Record<string, unknown>} args
   * @param {number} [timeoutMs]
   * @returns {Promise<unknown>}
   */
  request(method, args, timeoutMs = 60_000) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
        return reject(new Error(`${method}: the process has ended`));
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(namedError('TimeoutError', `${method}: no answer within ${timeoutMs} ms`));
      }, timeoutMs);
      const finish = () => clearTimeout(timer);
      this.#waiting.set(id, {
        resolve: (value) => (finish(), resolve(value)),
        reject: (error) => (finish(), reject(error)),
      });
      this.#child.stdin.write(`${JSON.stringify({ id, method, args: encode(args) })}\n`);
    });
  }

  /** Lets the child finish what it does and waits for it, at most ten seconds. */
  async end() {
    this.#child.stdin.end();
    const lastResort = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    await this.#exited.catch(() => {});
    clearTimeout(lastResort);
  }

  async kill() {
    this.#child.kill('SIGKILL');
    await this.#exited.catch(() => {});
  }

  /** @param {string} line */
  #answer(line) {
    const { id, result, error } = JSON.parse(line, revive);
    const waiter = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiter?.reject(namedError(error.name, error.message));
    else waiter?.resolve(result);
  }

  /** @param {string} why */
  #failAll(why) {
    for (const { reject } of this.#waiting.values()) reject(new Error(`${why}\n${this.#stderr}`));
    this.#waiting.clear();
  }
}

/**
 * @param {string} name
 * @param {string} message
 */
function namedError(name, message) {
  return Object.assign(new Error(message || name), { name });
}

/**
 * @param {unknown} value
 * @returns {unknown}
 */
function encode(value) {
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (typeof value === 'bigint') return { $int: String(value) };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, encode(one)]));
}

/**
 * @param {string} _key
 * @param {unknown} value
 */
function revive(_key, value) {
  if (typeof value !== 'object' || value === null) return value;
  if ('$bytes' in value) return Buffer.from(String(value.$bytes), 'base64');
  return '$int' in value ? BigInt(String(value.$int)) : value;
}
