// @ts-check
/**
 * `node --expose-gc placementChanges.mjs <bundle of ours>`: prints what changes of the membership
 * cost at 1,000 servers of 160 points, and how building and looking up grow with the servers.
 */
import { ourBuilder } from './placementPeers.mjs';

const HASHED_KEYS = 1_000_000;
const ROUNDS = 15;
const SIZES = [10, 100, 1000, 10_000];
const STRETCH_MS = 300;

const build = ourBuilder(process.argv[2] ?? '');
const encoder = new TextEncoder();

/** @param {number} size */
const addresses = (size) =>
  Array.from({ length: size }, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}:11212`);

/** @param {number} count */
const keys = (count) =>
  Array.from({ length: count }, (_, i) => encoder.encode(`session:${i * 7919}:profile`));

/** @param {() => unknown} work */
function best(work, rounds = ROUNDS) {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
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

const few = keys(100_000);
const growth = SIZES.map((size) => {
  const servers = addresses(size);
  const buildMs = best(() => build(servers), size > 1000 ? 3 : ROUNDS);
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  const ring = build(servers);
  globalThis.gc?.();
  const now = process.memoryUsage();
  const memoryMiB = Math.max(0, now.heapUsed + now.external - heapUsed - external) / 2 ** 20;
  const rates = [];
  for (const end = performance.now() + STRETCH_MS; performance.now() < end;) {
    const start = performance.now();
    ring.ownersOf(few);
    rates.push((few.length / (performance.now() - start)) * 1000);
  }
  return { servers: size, buildMs, memoryMiB, keysPerSecond: Math.max(...rates) };
});

console.log(JSON.stringify({ changes, growth }));
