// @ts-check
/**
 * `node --expose-gc placementChanges.mjs <bundle of ours>`: prints what changes of the membership
 * cost at 1,000 servers of 160 points.
 */
import { addresses, cpuMs, ourBuilder } from './placementPeers.mjs';

const HASHED_KEYS = 1_000_000;
const ROUNDS = 15;

const build = ourBuilder(process.argv[2] ?? '');
const encoder = new TextEncoder();

/** @param {number} count */
const keys = (count) =>
  Array.from({ length: count }, (_, i) => encoder.encode(`session:${i * 7919}:profile`));

/** @param {() => unknown} work */
function best(work, rounds = ROUNDS) {
  const times = Array.from({ length: rounds }, () => {
    const start = cpuMs();
    work();
    return cpuMs() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 10)] ?? NaN;
}

const before = build(addresses(1000));
const more = addresses(1001).map((address) => ({ address }));
const fewer = more.slice(1, 1000);
const list = keys(HASHED_KEYS);
const hashed = before.hashKeys(list);

/** @param {{ address: string }[]} servers */
const changed = (servers) => {
  const after = before.withServers(servers);
  if (Array.isArray(after)) throw new Error(JSON.stringify(after));
  return after;
};

const changes = {
  hashKeysMs: best(() => before.hashKeys(list), 3),
  addServerMs: best(() => changed(more)),
  removeServerMs: best(() => changed(fewer)),
  sweepMs: best(() => before.ownersOfHashed(hashed)),
  whatIfMs: best(() => changed(more).ownersOfHashed(hashed)),
  whatIfMoved: moved(before.ownersOfHashed(hashed), changed(more).ownersOfHashed(hashed)),
};

/** @param {Int32Array} was @param {Int32Array} is */
function moved(was, is) {
  return was.reduce((sum, owner, i) => sum + (owner === is[i] ? 0 : 1), 0);
}

console.log(JSON.stringify(changes));
