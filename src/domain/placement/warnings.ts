import type { PlacedKeys } from './placement';
import type { Placement, Warning } from './types';

/** The mean number of points per server below which balance suffers visibly (CV above 10 %). */
const FEW_POINTS = 100;
const LIBMEMCACHED_LIMIT = 100;

/** What users of this preset with these servers and options should know. */
export function warningsFor(placement: PlacedKeys): Warning[] {
  const { preset, members, counts, rules, servers, layout } = placement;
  const ring = layout.kind === 'ring' && rules.space.kind === 'ring';
  const warnings: Warning[] = [];
  const warn = (code: string, message: string): void => void warnings.push({ code, message });

  if (ring && rules.key.range < 2 ** 32) {
    warn(
      'hash.15bit',
      'This CRC-32 keeps 15 of 32 bits: on a ring nearly all keys go to one server. Choose crc32a or md5.',
    );
  }
  if (ring && /^(sdbm|djb2)$/.test(rules.key.name)) {
    warn(
      'hash.raw',
      `Similar keys get nearby ${rules.key.name} hashes and crowd on few servers: use avalanche.`,
    );
  }
  if (ring && /^fnv1a?_/.test(rules.key.name)) {
    warn(
      'hash.clustering',
      'FNV hashes of keys that differ in their last bytes lie close together: runs of keys share a server.',
    );
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const mean = members.length === 0 ? 0 : total / members.length;
  if (ring && members.length > 1 && mean < FEW_POINTS) {
    warn(
      'points.few',
      `Only ${Math.round(mean)} points per server: shares differ by about ${percent(mean, preset.picture)}.`,
    );
  }
  const alike = members.every(({ server }) => server.weight === members[0]?.server.weight);
  if (ring && alike && counts.length > 1 && counts.every((count) => count === 156)) {
    warn(
      'points.156',
      `Rounding gives 156 instead of 160 points to each of ${counts.length} equal servers.`,
    );
  }
  const missing = members.filter((_, i) => ring && counts[i] === 0);
  if (missing.length > 0) {
    warn('points.zero', `${missing[0]?.server.address ?? ''} has no point and so gets no key.`);
  }
  if (preset.program === 'libmemcached' && members.length > LIBMEMCACHED_LIMIT && ring) {
    warn('libmemcached.limit', 'libmemcached 1.1.4 aborts with more than 100 servers in ketama.');
  }
  const weighed = servers.some(({ weight = 1 }) => weight !== (servers[0]?.weight ?? 1));
  const ignores = !preset.weighted || placement.options['format'] === 'SPYMEMCACHED';
  if (weighed && ignores && preset.assignment === undefined) {
    warn('weights.ignored', `${preset.program} ignores weights here.`);
  }
  if (layout.kind === 'jump' && servers.some(({ down }) => down === true)) {
    warn(
      'jump.down',
      'Jump hash has no servers that are down: those after it change their numbers.',
    );
  }
  return warnings;
}

/** The expected coefficient of variation: 1/√v, and 1/√(2v) where the nearest point wins. */
function percent(points: number, picture: string): string {
  const spread = 1 / Math.sqrt(picture === 'nearestRing' ? 2 * points : points);
  return `${Math.round(100 * spread)} %`;
}

const SIGNED = new Set(['twemproxy-ketama', 'twemproxy-modula']);
const SIGNED_HASHES = /^(one_at_a_time|fnv1|hsieh)/;

/** What matters about keys that are not all ASCII, once for a list of keys. */
export function keyWarnings(placement: Placement, keys: readonly Uint8Array[]): Warning[] {
  if (keys.every((key) => key.every((byte) => byte < 0x80))) return [];
  const { preset, hashName } = placement;
  const isSigned = SIGNED.has(preset.id) || preset.id.startsWith('libmemcached');
  if (isSigned && SIGNED_HASHES.test(hashName)) {
    return [
      {
        code: 'key.signed',
        message: `${hashName.split(' ')[0] ?? ''} reads non-ASCII keys as signed bytes here (x86); ARM builds place them elsewhere.`,
      },
    ];
  }
  if (preset.id === 'dubbo-consistent' || preset.id === 'spymemcached-ketama') {
    return [
      {
        code: 'key.charset',
        message:
          'Non-ASCII keys depend on the character set of the Java program; UTF-8 is assumed.',
      },
    ];
  }
  return [];
}

/** Motan's "consistent hash" orders servers at random in each process. */
export const motanWarning: Warning = {
  code: 'motan.random',
  message: 'Motan shuffles its servers in each process: where a key lands cannot be predicted.',
};
