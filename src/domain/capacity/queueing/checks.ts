import type { Problem } from '../../placement/types';
import { problem } from '../result';

/** Servers, positions and customers that a model takes at most: loops and arrays stay bounded. */
export const MAX_SERVERS = 1_000_000;
/** Places of a queue with limited room, whose quantiles are sums over all of them. */
export const MAX_ROOM = 100_000;

/** Collects what is wrong with the inputs of a model. */
export class Checks {
  readonly problems: Problem[] = [];

  positive(where: string, value: number): this {
    return this.#need(value > 0 && value < Infinity, where, value, 'a number above 0');
  }

  notNegative(where: string, value: number): this {
    return this.#need(value >= 0 && value < Infinity, where, value, 'a number of at least 0');
  }

  /** A whole number from `minimum` to `maximum`. */
  whole(where: string, value: number, minimum: number, maximum: number): this {
    const isFit = Number.isInteger(value) && value >= minimum && value <= maximum;
    return this.#need(isFit, where, value, `a whole number from ${minimum} to ${maximum}`);
  }

  between(where: string, value: number, minimum: number, maximum: number): this {
    const isFit = value >= minimum && value <= maximum;
    return this.#need(isFit, where, value, `a number from ${minimum} to ${maximum}`);
  }

  servers(value: number): this {
    return this.whole('servers', value, 1, MAX_SERVERS);
  }

  /** Work must arrive slower than it can be served; says the limit and how many servers would do. */
  stable(load: { lambda: number; mu: number; servers: number }, where = 'lambda'): this {
    if (this.problems.length > 0) return this;
    const { lambda, mu, servers } = load;
    if (lambda >= servers * mu) {
      const limit = `λ must stay below c·μ = ${digits(servers * mu)}/s`;
      const needed = Math.floor(lambda / mu) + 1;
      this.problems.push(
        problem(
          'unstable',
          where,
          `The queue would grow without end: ρ = ${digits(lambda / (servers * mu))}, but ${limit}. ` +
            `Lower the arrival rate, serve faster, or use at least ${needed} servers.`,
        ),
      );
    }
    return this;
  }

  fail(code: string, where: string, message: string): this {
    this.problems.push(problem(code, where, message));
    return this;
  }

  #need(isFit: boolean, where: string, value: number, wanted: string): this {
    if (!isFit) {
      this.fail('outOfRange', where, `${where} is ${digits(value)}; give ${wanted}.`);
    }
    return this;
  }
}

/** For messages: six significant digits, no trailing zeros. */
export const digits = (value: number): string => String(Number(value.toPrecision(6)));
