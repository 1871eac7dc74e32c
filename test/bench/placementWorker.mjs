// @ts-check
/**
 * `node --expose-gc placementWorker.mjs <task> <servers> <bundle of ours>`: prints one line of JSON.
 * The task is the name of a peer, `ours` or `ours, keys as strings`: build time, memory, lookups.
 */
import { addresses, cpuMs, ourBuilder, peerBuilder } from './placementPeers.mjs';

const KEYS = 100_000;
const LOOKUP_MS = 400;
const BUILD_MS = 1000;
const MAX_BUILDS = 30;
const STRETCH_MS = 5;

const [task = '', count = '', bundle = ''] = process.argv.slice(2);

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
    const start = cpuMs();
    build(servers);
    times.push(cpuMs() - start);
  } while (performance.now() < end && times.length < MAX_BUILDS);
  return quiet(times.sort((a, b) => a - b));
}

/**
 * Looks keys up in stretches of some milliseconds, for as long as it takes to warm up and then again.
 * @param {{ ownerOf(key: any): unknown }} ring
 */
function rate(ring) {
  const rates = [];
  let at = 0;
  const begin = cpuMs();
  for (let now = begin; now < begin + 2 * LOOKUP_MS;) {
    const start = now;
    let done = 0;
    while (now - start < STRETCH_MS) {
      for (let i = 0; i < 100; i++, done++) ring.ownerOf(keys[at++ % KEYS]);
      now = cpuMs();
    }
    if (start > begin + LOOKUP_MS) rates.push((done / (now - start)) * 1000);
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
