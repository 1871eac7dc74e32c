// @ts-check
import { fileURLToPath } from 'node:url';

import { ensureKazoo } from './zookeeper/installKazoo.mjs';
import { JsonLines } from './zookeeper/jsonLines.mjs';
import { bytes, statOf } from './zookeeper/kazooData.mjs';

/** @typedef {import('./zookeeper/kazooData.mjs').AclEntry} AclEntry */
/** @typedef {import('./zookeeper/kazooData.mjs').AclSpec} AclSpec */
/** @typedef {import('./zookeeper/kazooData.mjs').CreateOptions} CreateOptions */
/** @typedef {import('./zookeeper/kazooData.mjs').Stat} Stat */

/**
 * @typedef {object} KazooOptions
 * @property {readonly (readonly [scheme: string, credential: string])[]} [auth]
 * @property {number} [timeoutSeconds] of the session, default 10
 * @property {boolean} [readOnly] may also use a server without a quorum
 */

/**
 * Another client, in another language, on a session of its own: what the extension claims to have
 * done is checked with it, and changes from outside are made with it. Calls run in order. They fail
 * with an Error whose `name` is kazoo's, e.g. `NoNodeError`, `NoAuthError`, `BadVersionError`.
 */
export class Kazoo {
  #lines;

  /** @param {JsonLines} lines of a connected kazoo.py */
  constructor(lines) {
    this.#lines = lines;
  }

  /**
   * @param {string} path
   * @param {string | Uint8Array} [data]
   * @param {CreateOptions} [options]
   * @returns {Promise<string>} the path created, with its number when sequential
   */
  create(path, data = '', options = {}) {
    const { acl = 'open', ...rest } = options;
    return this.#ask('create', { path, data: bytes(data), acl, ...rest });
  }

  /**
   * Creates `<prefix>000000`, `<prefix>000001`, … with a thousand requests on their way at a time.
   * @param {string} prefix path and start of the name
   * @param {number} count
   * @param {number} [dataSize] bytes in each
   * @returns {Promise<void>}
   */
  createMany(prefix, count, dataSize = 0) {
    return this.#ask('create_many', { prefix, count, data: Buffer.alloc(dataSize, 'x') });
  }

  /**
   * @param {string} path
   * @param {string | Uint8Array} data
   * @param {number} [version] -1 for any
   */
  async set(path, data, version = -1) {
    return statOf(await this.#ask('set', { path, value: bytes(data), version }));
  }

  /**
   * With `recursive` the whole subtree goes, and a path that is missing is no error.
   * @param {string} path
   * @param {{ recursive?: boolean, version?: number }} [options]
   * @returns {Promise<void>}
   */
  delete(path, { recursive = false, version = -1 } = {}) {
    return this.#ask('delete', { path, version, recursive });
  }

  /** @param {string} path */
  async get(path) {
    const [data, stat] = await this.#ask('get', { path });
    return { data: /** @type {Buffer} */ (data), stat: statOf(stat) };
  }

  /**
   * @param {string} path
   * @returns {Promise<Stat | undefined>} undefined when there is no such znode
   */
  async exists(path) {
    const stat = await this.#ask('exists', { path });
    return stat ? statOf(stat) : undefined;
  }

  /**
   * @param {string} path
   * @returns {Promise<string[]>} names in code unit order
   */
  async children(path) {
    return (await this.#ask('get_children', { path })).sort();
  }

  /**
   * @param {string} path
   * @returns {Promise<AclEntry[]>}
   */
  async getAcl(path) {
    return (await this.#ask('get_acls', { path }))[0];
  }

  /**
   * @param {string} path
   * @param {AclSpec} acl
   * @param {number} [version] of the ACL (`aversion`), -1 for any
   */
  async setAcl(path, acl, version = -1) {
    return statOf(await this.#ask('set_acls', { path, acl, version }));
  }

  /**
   * @param {string} scheme
   * @param {string} credential
   * @returns {Promise<void>}
   */
  async addAuth(scheme, credential) {
    await this.#ask('add_auth', { scheme, credential });
  }

  /** @returns {Promise<bigint>} */
  async sessionId() {
    return BigInt(await this.#ask('session_id', {}));
  }

  /**
   * Arms one-shot data and child watches on a path; their events wait for `takeEvents`.
   * @param {string} path
   * @returns {Promise<void>}
   */
  watch(path) {
    return this.#ask('watch', { path });
  }

  /** @returns {Promise<{ type: string, path: string }[]>} events since the last call */
  takeEvents() {
    return this.#ask('take_events', {});
  }

  /**
   * Calls any method of Python's KazooClient: `call('ensure_path', ['/a/b'])`. Large numbers come
   * back as bigint and bytes as Buffer.
   * @param {string} method
   * @param {readonly unknown[]} [positional]
   * @param {Record<string, unknown>} [named]
   * @returns {Promise<unknown>}
   */
  call(method, positional = [], named = {}) {
    return this.#ask('call', { method, positional, named });
  }

  /** Closes the session: its ephemeral znodes go at once. */
  close() {
    return this.#lines.end();
  }

  /** Dies like a crashed client: ephemeral znodes stay until the session times out. */
  kill() {
    return this.#lines.kill();
  }

  /**
   * @param {string} method
   * @param {Record<string, unknown>} args
   * @returns {Promise<any>} kazoo.py decides what a method answers
   */
  #ask(method, args) {
    return this.#lines.request(method, args);
  }
}

/**
 * @param {string} connectString
 * @param {KazooOptions} [options]
 * @returns {Promise<Kazoo>} connected
 */
export async function startKazoo(connectString, options = {}) {
  const python = await ensureKazoo();
  const script = fileURLToPath(new URL('./kazoo.py', import.meta.url));
  // -I: the script's own folder, where kazoo.py would pass for the kazoo module, is not searched.
  const lines = new JsonLines(python, ['-I', script]);
  try {
    await lines.request('connect', {
      hosts: connectString,
      timeout: options.timeoutSeconds ?? 10,
      auth: options.auth ?? [],
      read_only: options.readOnly ?? false,
    });
  } catch (error) {
    await lines.kill();
    throw error;
  }
  return new Kazoo(lines);
}
