// @ts-check
import { ensureDebianPackages } from '../debian.mjs';

/** Programs and libraries whose placements ours are compared with, and what drives them. */
export const PLACEMENT_PACKAGES = [
  ...['nutcracker', 'haproxy', 'nginx', 'redis-server'],
  ...['gcc', 'libc6-dev', 'libmemcached-dev', 'libhashkit-dev', 'librdkafka-dev'],
  ...['default-jdk-headless', 'libspymemcached-java', 'libguava-java'],
  ...['python3-uhashring', 'python3-cassandra', 'python3-kafka'],
];

/** @returns {Promise<void>} rejects when a program is missing and can't be installed */
export function ensurePlacementPrograms() {
  return ensureDebianPackages(PLACEMENT_PACKAGES, 'comparing placements with real programs');
}
