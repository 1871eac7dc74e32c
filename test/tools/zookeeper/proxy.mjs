// @ts-check
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

import { freePorts } from './ports.mjs';
import { ProxyLink } from './proxyLink.mjs';
import { requestReader } from './requests.mjs';

const HOST = '127.0.0.1';

/** @typedef {import('./requests.mjs').SeenRequest} SeenRequest */
/** @typedef {'client' | 'server'} Side */

/** A network between clients and one server that a test can make slow, silent or broken. */
export class Proxy {
  host = HOST;
  /** Connections accepted since the start. */
  accepted = 0;
  /** Bytes passed on, by receiver. */
  bytes = { client: 0, server: 0 };
  /** Every request clients sent, in order of arrival; empty it whenever counting starts anew. */
  requests = /** @type {SeenRequest[]} */ ([]);
  /** Called for each accepted connection. */
  onConnect = /** @type {(number: number) => void} */ (() => {});
  /** Called for each request, after it was noted and before it is passed on. */
  onRequest = /** @type {(request: SeenRequest) => void} */ (() => {});

  /** @type {Set<ProxyLink>} */
  #links = new Set();
  /** @type {Partial<Record<Side, number>>} bytes left before the next cut */
  #budget = {};
  #conditions = {
    isFrozen: false,
    latencyMs: 0,
    allow: (/** @type {Side} */ to, /** @type {Buffer} */ chunk) => this.#allow(to, chunk),
  };
  #listener;
  #target;

  /**
   * @param {{ readonly host: string, readonly port: number }} target
   * @param {number} port
   */
  constructor(target, port) {
    this.#target = target;
    this.port = port;
    this.connectString = `${HOST}:${port}`;
    this.#listener = createServer({ noDelay: true }, (client) => this.#link(client));
  }

  /** Connections open now, on either side. */
  get connections() {
    return this.#links.size;
  }

  /** Takes new connections (again). */
  async accept() {
    if (this.#listener.listening) return;
    this.#listener.listen({ host: HOST, port: this.port });
    await once(this.#listener, 'listening');
  }

  /** New connections get ECONNREFUSED; open ones go on until `cutAll`. */
  refuse() {
    this.#listener.close();
  }

  cutAll() {
    for (const link of this.#links) link.cut();
  }

  /**
   * Cuts a connection once so many more bytes (of all connections together) reached that side:
   * in the middle of a frame, for instance. Once only.
   * @param {Side} side
   * @param {number} byteCount
   */
  cutAfter(side, byteCount) {
    this.#budget[side] = byteCount;
  }

  /** Connections stay open and can be opened, but nothing comes through: a half-open link. */
  freeze() {
    this.#conditions.isFrozen = true;
  }

  /** Lets through what was held back. */
  resume() {
    this.#conditions.isFrozen = false;
    for (const link of this.#links) link.flush();
  }

  /** @param {number} ms delay each way of what comes from now on */
  latency(ms) {
    this.#conditions.latencyMs = ms;
  }

  stop() {
    this.refuse();
    this.cutAll();
  }

  /** @param {import('node:net').Socket} client */
  #link(client) {
    const number = ++this.accepted;
    const read = requestReader(number, (request) => {
      this.requests.push(request);
      this.onRequest(request);
    });
    client.on('data', read);
    const server = connect({ ...this.#target, noDelay: true });
    const link = new ProxyLink(client, server, this.#conditions);
    this.#links.add(link);
    void Promise.all([closed(client), closed(server)]).then(() => this.#links.delete(link));
    this.onConnect(number);
  }

  /**
   * @param {Side} to
   * @param {Buffer} chunk
   */
  #allow(to, chunk) {
    const left = this.#budget[to] ?? Infinity;
    const allowed = Math.min(left, chunk.length);
    this.bytes[to] += allowed;
    if (left === Infinity) return allowed;
    if (allowed < chunk.length) delete this.#budget[to];
    else this.#budget[to] = left - allowed;
    return allowed;
  }
}

/** @param {import('node:net').Socket} socket */
function closed(socket) {
  return new Promise((resolve) => socket.once('close', resolve));
}

/**
 * @param {{ readonly host: string, readonly port: number }} target a ZkServer will do
 * @returns {Promise<Proxy>}
 */
export async function startProxy(target) {
  const [port = 0] = await freePorts(1);
  const proxy = new Proxy({ host: target.host, port: target.port }, port);
  await proxy.accept();
  return proxy;
}
