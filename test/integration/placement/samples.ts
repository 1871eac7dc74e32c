import type { Server } from '../../../src/domain/placement/types';
import type { Random } from '../../../src/sandbox/sample/random';

/** Another one every day; what fails prints it, and `ZKW_PLACEMENT_SEED` repeats it. */
export const SEED = Number(
  process.env['ZKW_PLACEMENT_SEED'] ?? Math.floor(Date.now() / 86_400_000),
);

export const KEY_COUNT = 1000;

/** Sizes that every list of cases has: the edges, and those with odd numbers of points. */
const NOTED_SIZES = [1, 2, 7, 14, 25];

/** The noted sizes in turn, and random ones in between. */
export function sizeOf(index: number, random: Random): number {
  const noted = index % 2 === 0 ? NOTED_SIZES[(index / 2) % NOTED_SIZES.length] : undefined;
  return noted ?? 1 + random.below(25);
}

const words = [
  'cart',
  'ключ',
  'корзина',
  '日本語',
  '漢字かな',
  'é',
  'naïve',
  'ß',
  '🙂',
  '👩‍🚀',
  '한국어',
];
const tags = ['{', '}', '{}', '{a}', '{user1000}', '}{', '{{bar}}', '{ключ}', '$', '$$'];

/** Keys as applications have them: UTF-8 without white space, commas and controls, 1-250 bytes. */
export function textKeys(random: Random, count = KEY_COUNT): Buffer[] {
  return Array.from({ length: count }, (_, index) => Buffer.from(textKey(index, random)));
}

function textKey(index: number, random: Random): string {
  const word = (): string => random.pick(words) ?? '';
  const tag = (): string => random.pick(tags) ?? '';
  switch (index % 6) {
    case 0:
      return `user:${random.below(100_000)}`;
    case 1:
      return random.uuid();
    case 2:
      return `${word()}${tag()}${random.below(1000)}${tag()}${word()}`;
    case 3:
      return `${word()}:${word()}:${random.below(1_000_000)}`;
    case 4:
      return `/img/${random.below(1000)}/${word()}.png?v=${random.below(9)}`;
    default:
      // Every length that matters to block hashes, up to the longest key of memcached.
      return random
        .uuid()
        .repeat(7)
        .slice(0, 1 + (((index / 6) | 0) % 250));
  }
}

/** Any bytes, invalid UTF-8 and zeros too, 1-80 of them; a sixth are text. */
export function byteKeys(random: Random, count = KEY_COUNT): Buffer[] {
  return Array.from({ length: count }, (_, index) =>
    index % 6 === 0
      ? Buffer.from(textKey(index / 6, random))
      : Buffer.from(Array.from({ length: 1 + (index % 80) }, () => random.below(256))),
  );
}

/** Text, and bytes that text protocols let through as they are: no controls, spaces, commas. */
export function transportKeys(random: Random): Buffer[] {
  const raw = byteKeys(random, KEY_COUNT / 2).map((key) =>
    Buffer.from(key.map((byte) => ((byte & 0x7f) > 0x20 && byte !== 0x7f ? byte : 0xfe))),
  );
  return [...textKeys(random, KEY_COUNT / 2), ...raw.map(withoutCommas)];
}

const withoutCommas = (key: Buffer): Buffer =>
  Buffer.from(key.map((byte) => (byte === 0x2c ? 0x2d : byte)));

export interface ServerTraits {
  /** Up to this, inclusive; without it, servers have none. */
  readonly maximumWeight?: number;
  readonly named?: boolean;
}

/** Different servers at loopback addresses, some at memcached's own port. */
export function servers(random: Random, count: number, traits: ServerTraits = {}): Server[] {
  const found = new Map<string, Server>();
  while (found.size < count) {
    const address = addressOf(random);
    found.set(address, {
      address,
      ...(traits.maximumWeight && { weight: 1 + random.below(traits.maximumWeight) }),
      ...(traits.named && { name: `cache-${found.size}.${random.below(1000)}` }),
    });
  }
  return [...found.values()];
}

function addressOf(random: Random): string {
  const host = `127.${random.below(255)}.${random.below(255)}.${1 + random.below(254)}`;
  return `${host}:${random.below(4) === 0 ? 11211 : 20_000 + random.below(12_000)}`;
}

/** Some of a list, in another order. */
export function some<T>(random: Random, list: readonly T[], count: number): T[] {
  const rest = [...list];
  return Array.from({ length: count }, () => rest.splice(random.below(rest.length), 1)).flat();
}
