// @ts-check

/** @typedef {import('node:net').Socket} Socket */

/**
 * What all links of a proxy share and a test can change while they run.
 * @typedef {object} Conditions
 * @property {boolean} isFrozen
 * @property {number} latencyMs one way
 * @property {(to: 'client' | 'server', chunk: Buffer) => number} allow how many bytes of the chunk
 *   may pass; a smaller answer than its length is followed by the cut of the link
 */

/** One direction of one connection: chunks wait here for their time, or for the thaw. */
class Pipe {
  /** @type {{ chunk: Buffer | undefined, dueAt: number }[]} */
  #waiting = [];
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  #from;
  #to;
  #conditions;
  #write;

  /**
   * @param {Socket} from
   * @param {Socket} to
   * @param {Conditions} conditions
   * @param {(chunk: Buffer) => void} write
   */
  constructor(from, to, conditions, write) {
    this.#from = from;
    this.#to = to;
    this.#conditions = conditions;
    this.#write = write;
    from.on('data', (chunk) => this.#put(chunk));
    from.on('error', () => {});
    // An end travels like data: behind it, and not at all while frozen.
    from.on('close', () => this.#put(undefined));
    to.on('drain', () => this.flush());
  }

  /** @param {Buffer | undefined} chunk */
  #put(chunk) {
    this.#waiting.push({ chunk, dueAt: Date.now() + this.#conditions.latencyMs });
    this.flush();
  }

  /** Passes on what is due. Called again whenever that may have changed. */
  flush() {
    clearTimeout(this.#timer);
    while (!this.#conditions.isFrozen && !this.#to.writableNeedDrain) {
      const [next] = this.#waiting;
      if (!next || this.#to.destroyed) break;
      const early = next.dueAt - Date.now();
      if (early > 0) {
        this.#timer = setTimeout(() => this.flush(), early);
        break;
      }
      this.#waiting.shift();
      if (next.chunk) this.#write(next.chunk);
      else this.#to.destroySoon();
    }
    // A reader that is slow, or frozen, slows the writer down as a real network would.
    if (this.#waiting.length > 64) this.#from.pause();
    else this.#from.resume();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#waiting = [];
  }
}

/** A client's connection and the one opened for it to the target. */
export class ProxyLink {
  #client;
  #server;
  #pipes;

  /**
   * @param {Socket} client
   * @param {Socket} server still connecting
   * @param {Conditions} conditions
   */
  constructor(client, server, conditions) {
    this.#client = client;
    this.#server = server;
    const pass =
      (/** @type {'client' | 'server'} */ name, /** @type {Socket} */ to) =>
      /** @param {Buffer} chunk */
      (chunk) => {
        const allowed = conditions.allow(name, chunk);
        if (allowed === chunk.length) to.write(chunk);
        else if (allowed > 0) to.end(chunk.subarray(0, allowed), () => this.cut());
        else this.cut();
      };
    this.#pipes = [
      new Pipe(client, server, conditions, pass('server', server)),
      new Pipe(server, client, conditions, pass('client', client)),
    ];
  }

  flush() {
    for (const pipe of this.#pipes) pipe.flush();
  }

  /** Drops both sides at once, with whatever was on its way. */
  cut() {
    for (const pipe of this.#pipes) pipe.stop();
    this.#client.destroy();
    this.#server.destroy();
  }
}
