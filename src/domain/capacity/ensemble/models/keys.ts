import type { Accuracy } from '../../result';
import { count, number } from '../../queueing/models/keys';
import type { Key } from '../../queueing/models/model';
import { MOST_VOTERS } from '../quorum';

/** Inputs that several models of an ensemble share. */

type Extra = Partial<Omit<Key, 'name' | 'help' | 'unit'>>;

export const bytes = (name: string, help: string, extra: Extra = {}): Key =>
  number(name, help, 'B', extra);

export const seconds = (name: string, help: string, extra: Extra = {}): Key =>
  number(name, help, 's', extra);

export const share = (name: string, help: string, extra: Extra = {}): Key =>
  number(name, help, '1', { maximum: 1, ...extra });

/** 1 for yes, 0 for no. */
export const yes = (name: string, help: string, value: 0 | 1): Key =>
  number(name, `1 if ${help}, else 0`, '1', { whole: true, maximum: 1, default: value });

export const voters = count('voters', 'servers that vote', MOST_VOTERS);
export const observers = number('observers', 'servers that do not vote', '1', {
  whole: true,
  maximum: 1000,
  default: 0,
});
export const leaderServes = yes('leaderServes', 'clients may connect to the leader', 1);
export const writes = number('writes', 'transactions per second', '1/s', { maximum: 1e7 });
export const reads = number('reads', 'reads per second', '1/s', { maximum: 1e9, default: 0 });
export const path = bytes('path', 'mean length of a path', { maximum: 1e5, default: 40 });
export const data = bytes('data', 'mean data of a znode', { maximum: 1e8, default: 1024 });
export const znodes = number('znodes', 'number of znodes', '1', { whole: true, maximum: 1e10 });
export const serverDown = share('serverDown', 'share of time that a server is down');
export const zoneDown = share('zoneDown', 'share of time that a zone is down', { default: 0 });
export const commonCause = share('commonCause', 'share of failures that hit all servers', {
  default: 0,
});

/** ± this share of the value, 0.1 for ±10 %. */
export const within = (error: number): Accuracy => ({
  kind: 'approximation',
  percent: 100 * error,
});
