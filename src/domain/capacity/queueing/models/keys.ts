import { MAX_ROOM, MAX_SERVERS } from '../checks';
import type { Key } from './model';

/** Inputs that several models share. Rates per second, times in seconds. */

const TINY = Number.MIN_VALUE;
const HUGE = 1e15;

type Extra = Partial<Omit<Key, 'name' | 'help' | 'unit'>>;

export const number = (
  name: string,
  help: string,
  unit: Key['unit'] = '1',
  extra: Extra = {},
): Key => ({ name, help, unit, shape: 'number', minimum: 0, maximum: HUGE, ...extra });

export const count = (name: string, help: string, maximum: number, extra: Extra = {}): Key =>
  number(name, help, '1', { whole: true, minimum: 1, maximum, ...extra });

export const lambda = number('lambda', 'arrivals per second', '1/s', {
  symbol: 'λ',
  minimum: TINY,
});
export const mu = number('mu', 'services per second of one server, 1/E[S]', '1/s', {
  symbol: 'μ',
  minimum: TINY,
});
export const servers = count('c', 'parallel servers', MAX_SERVERS, { field: 'servers' });
export const room = count(
  'K',
  'customers in the system at most, those in service included',
  MAX_ROOM,
  { field: 'room' },
);
export const offered = number('A', 'offered load λ/μ in erlang', '1');
export const service = number('S', 'mean service time', 's', {
  symbol: 'E[S]',
  field: 'service',
  minimum: TINY,
});
export const serviceScv = number('cs2', 'variance over squared mean of the service time', '1', {
  symbol: 'Cs²',
  maximum: 1000,
  default: 1,
});
export const arrivalScv = number('ca2', 'the same of the time between arrivals', '1', {
  symbol: 'Ca²',
  maximum: 1000,
  default: 1,
});
export const think = number('Z', 'mean think time between an answer and the next request', 's', {
  default: 0,
});
export const seed = number('seed', 'seed of the simulation', '1', {
  whole: true,
  maximum: 2 ** 31 - 1,
  default: 1,
});
