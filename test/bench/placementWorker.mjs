// @ts-check
/**
 * `node --expose-gc placementWorker.mjs <task> <servers> <bundle of ours>`: prints one line of JSON.
 * The task is the name of a peer, `ours` or `ours, keys as strings`: build time, memory, lookups.
 */
import { ourBuilder, peerBuilder } from './placementPeers.mjs';

const KEYS = 100_000;
const LOOKUP_MS = 400;
const BUILD_MS = 1000;
const MAX_BUILDS = 30;

const [task = '', count = '', bundle = ''] = process.argv.slice(2);

/** @param {number} size */
const addresses = (size) =>
  Array.from({ length: size }, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}:11212`);

const servers = addresses(Number(count));
const strings = Array.from({ length: KEYS }, (_, i) => `session:${i * 7919}:profile`);
const encoder = new TextEncoder();

/** @type {(servers: string[]) => { ownerOf(key: any): unknown }} */
const build = task.startsWith('ours') ? ourBuilder(bundle) : await peerBuilder(task);
const keys = task === 'ours' ? strings.map((key) => encoder.encode(key)) : strings;

const memoryBefore = usedMemory();
const kept = build(servers);
const memoryMiB = Math.max(0, usedMemory() - memoryBefore) / 2 ** 20;
const lookup = task === 'ours, keys as strings' ? encoded(kept) : kept;

console.log(JSON.stringify({ buildMs: buildTime(), memoryMiB, keysPerSecond: rate(lookup) }));

/** Typed arrays live outside the heap. */
function usedMemory() {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** @param {{ ownerOf(key: any): unknown }} ring */
function encoded(ring) {
  return { ownerOf: (/** @type {string} */ key) => ring.ownerOf(encoder.encode(key)) };
}

function buildTime() {
  const times = [];
  const end = performance.now() + BUILD_MS;
  do {
    const start = performance.now();
    build(servers);
    times.push(performance.now() - start);
  } while (performance.now() < end && times.length < MAX_BUILDS);
  return quiet(times.sort((a, b) => a - b));
}

/**
 * Looks keys up in stretches of 5 ms.
 * @param {{ ownerOf(key: any): unknown }} ring
 */
function rate(ring) {
  const rates = [];
  const end = performance.now() + 2 * LOOKUP_MS;
  const warm = performance.now() + LOOKUP_MS;
  for (let at = 0; performance.now() < end;) {
    const start = performance.now();
    let done = 0;
    while (performance.now() - start < 5) {
      for (let i = 0; i < 10; i++, done++) ring.ownerOf(keys[at++ % KEYS]);
    }
    if (start > warm) rates.push((done / (performance.now() - start)) * 1000);
  }
  return quiet(rates.sort((a, b) => b - a));
}

/**
 * The value that a tenth of all is better than: of the quiet moments of a shared machine.
 * @param {number[]} values best first
 */
function quiet(values) {
  return values[Math.floor(values.length / 10)] ?? NaN;
}
