// @ts-check
import { createRequire } from 'node:module';

import { ensureNpmPeers, PEERS } from '../tools/placement/npmPeers.mjs';

/**
 * @typedef {object} Ring
 * @property {(key: any) => unknown} ownerOf keys in the form that the library takes
 */

/**
 * Ways to build a ring of 160 points a server, where the library lets one choose.
 * @type {Readonly<Record<string, (load: (name: string) => any) => (servers: string[]) => Ring>>}
 */
const BUILDERS = {
  hashring: (load) => {
    const HashRing = load('hashring');
    return (servers) => {
      const ring = new HashRing(servers);
      // Keys seldom come twice, and without its cache it is faster then.
      ring.cache = { get() {}, set() {} };
      return { ownerOf: (key) => ring.get(key) };
    };
  },
  'hashring, cache on': (load) => {
    const HashRing = load('hashring');
    return (servers) => {
      const ring = new HashRing(servers);
      return { ownerOf: (key) => ring.get(key) };
    };
  },
  ketama: (load) => {
    const { HashRing } = load('ketama');
    return (servers) => {
      const nodes = servers.map((key) => ({ node: { key }, weight: 160 / HashRing.baseWeight }));
      const ring = new HashRing(nodes, 'md5');
      return { ownerOf: (key) => ring.getNode(key) };
    };
  },
  'node-hashring': (load) => {
    const HashRing = load('node-hashring');
    return (servers) => {
      const ring = new HashRing(servers, 160);
      return { ownerOf: (key) => ring.findNode(key) };
    };
  },
  'consistent-hash': (load) => {
    const ConsistentHash = load('consistent-hash');
    return (servers) => {
      const ring = new ConsistentHash();
      for (const server of servers) ring.add(server, 160);
      ring.get('sorts the points');
      return { ownerOf: (key) => ring.get(key) };
    };
  },
  'consistent-hashing': (load) => {
    const ConsistentHashing = load('consistent-hashing');
    return (servers) => {
      const ring = new ConsistentHashing(servers, { replicas: 160 });
      return { ownerOf: (key) => ring.getNode(key) };
    };
  },
  'skeleton-rendezvous': (load) => {
    const Hasher = load('skeleton-rendezvous');
    return (servers) => {
      const hasher = new Hasher({ sites: servers });
      return { ownerOf: (key) => hasher.findSite(key) };
    };
  },
};

/**
 * Names that `peerBuilder` knows. Some take minutes for 1,000 servers, or never end as they run out
 * of positions.
 * @param {number} servers
 */
export const peersFor = (servers) =>
  servers <= 10
    ? Object.keys(BUILDERS)
    : ['hashring', 'hashring, cache on', 'node-hashring', 'skeleton-rendezvous'];

/** @param {string} name */
export async function peerBuilder(name) {
  const build = BUILDERS[name];
  const [library] = name.split(',');
  if (!build || !library || !(library in PEERS)) throw new Error(`no peer ${name}`);
  return build(await ensureNpmPeers([/** @type {keyof typeof PEERS} */ (library)]));
}

/**
 * Ours, in the dialect of hashring, so that both find the same owners.
 * @param {string} bundle of src/domain/placement/createPlacement.ts
 * @param {string} [preset]
 */
export function ourBuilder(bundle, preset = 'hashring-npm') {
  const { createPlacement } = createRequire(import.meta.url)(bundle);
  return (/** @type {string[]} */ servers) => {
    const members = servers.map((address) => ({ address }));
    const made = createPlacement(preset, members, {});
    if (Array.isArray(made)) throw new Error(JSON.stringify(made));
    return made;
  };
}

/** @param {number} size */
export const addresses = (size) =>
  Array.from({ length: size }, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}:11212`);

/** Time that this process has computed: unlike the clock's, little of it is other processes'. */
export function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
