import { describe, expect, it } from 'vitest';
import { keyBytesOf, textOf } from '../../../media/ring/keyList';
import { KeyPlacer } from '../../../media/ring/keyPlacer';
import type { PlaceInput } from '../../../media/ring/placerMessages';
import { zipf } from '../../../src/domain/placement/balance';
import { encodeUtf8 } from '../../../src/domain/textCoding';
import type { RingKeyList } from '../../../src/protocol/ring';
import { place, servers } from '../placement/place';

const listOf = (keys: RingKeyList['keys']): RingKeyList => ({
  type: 'keyList',
  id: 1,
  label: '',
  message: '',
  total: 0,
  keys,
});
const PATTERN = { pattern: 'user:{1..2000}' };
const texts = Array.from({ length: 2000 }, (_, i) => `user:${i + 1}`);

const five = servers(5);
const four = five.filter((_, i) => i !== 2);
const input = (preset: string, after?: string): PlaceInput => ({
  placement: { preset, servers: five, options: {}, rows: [0, 1, 2, 3, 4] },
  after: after ? { preset: after, servers: four, options: {}, rows: [0, 1, 3, 4] } : undefined,
  servers: 5,
  replicas: 3,
  distinctZones: false,
  exponent: 0,
});
const ALL = { from: 0, count: 3000, text: '', movedOnly: false };

describe('keys as bytes', () => {
  it('are the lines of a text, the last one with or without an end', () => {
    for (const text of ['a\nключ\n日本', 'a\nключ\n日本\n']) {
      const keys = keyBytesOf({ lines: encodeUtf8(text) });
      const read = Array.from({ length: keys.count }, (_, i) => textOf(keys.bytesAt(i)));
      expect(read).toEqual(['a', 'ключ', '日本']);
    }
    expect(keyBytesOf({ lines: new Uint8Array() }).count).toBe(0);
  });

  it('are made from a pattern one by one', () => {
    const keys = keyBytesOf(PATTERN);
    expect(keys.count).toBe(2000);
    expect(textOf(keys.bytesAt(1999))).toBe('user:2000');
  });
});

describe('the thread that places keys', () => {
  const presets = ['twemproxy-ketama', 'envoy-maglev', 'jump', 'nginx-hash', 'rendezvous-weighted'];
  for (const preset of presets) {
    it(`gives each key the owner that the placement gives it: ${preset}`, () => {
      const placer = new KeyPlacer();
      placer.setKeys(listOf(PATTERN));
      const summary = placer.place(input(preset, preset));
      const [before, after] = [place(preset, five), place(preset, four)];
      const rows = [0, 1, 3, 4];
      const owners = texts.map((text) => before.ownerOf(encodeUtf8(text)));
      const later = texts.map((text) => rows[after.ownerOf(encodeUtf8(text))]);
      const page = placer.rows(ALL);
      expect(page.matching).toBe(2000);
      expect(page.rows.map(({ owner }) => owner)).toEqual(owners);
      expect(page.rows.map(({ owner, movesTo }) => movesTo ?? owner)).toEqual(later);
      expect(page.rows[41]?.hash).toBe(before.explain(encodeUtf8('user:42')).hashHex);
      expect(summary.moved).toBe(owners.filter((owner, i) => owner !== later[i]).length);
      expect(summary.counts).toEqual(five.map((_, i) => owners.filter((o) => o === i).length));
      expect(summary.positions).toHaveLength(2000);
      expect([...summary.positions]).toEqual([...summary.positions].sort((a, b) => a - b));
    });
  }

  it('asks the key itself where a hash says nothing, and hashes anew for another preset', () => {
    const placer = new KeyPlacer();
    placer.setKeys(listOf(PATTERN));
    const down = five.map((server, i) => ({ ...server, down: i === 0 }));
    const placement = { preset: 'nginx-hash', servers: down, options: {}, rows: [0, 1, 2, 3, 4] };
    placer.place({ ...input('nginx-hash', 'jump'), placement });
    const { rows } = placer.rows(ALL);
    const [before, after] = [place('nginx-hash', down), place('jump', four)];
    texts.forEach((text, i) => {
      expect(rows[i]?.owner).toBe(before.ownerOf(encodeUtf8(text)));
      const later = [0, 1, 3, 4][after.ownerOf(encodeUtf8(text))];
      expect(rows[i]?.movesTo ?? rows[i]?.owner).toBe(later);
    });
  });

  it('finds keys by their text, by their server and by their movement', () => {
    const placer = new KeyPlacer();
    placer.setKeys(listOf(PATTERN));
    const summary = placer.place(input('twemproxy-ketama', 'twemproxy-ketama'));
    const keysOf = (query: object): string[] =>
      placer.rows({ ...ALL, ...query }).rows.map(({ key }) => key);
    expect(keysOf({ text: '199' })).toEqual(texts.filter((text) => text.includes('199')));
    expect(keysOf({ movedOnly: true })).toHaveLength(summary.moved);
    const gone = placer.rows({ ...ALL, server: 2 });
    expect(gone.matching).toBe(summary.counts[2]);
    expect(gone.rows.every(({ movesTo }) => movesTo !== undefined && movesTo !== 2)).toBe(true);
    expect(placer.rows({ ...ALL, from: 1990, count: 60 }).rows).toHaveLength(10);
  });

  it('names the further servers of a key, and counts requests by popularity', () => {
    const placer = new KeyPlacer();
    placer.setKeys(listOf(PATTERN));
    const { loads } = placer.place({ ...input('twemproxy-ketama'), exponent: 1 });
    const placement = place('twemproxy-ketama', five);
    const { rows } = placer.rows({ ...ALL, count: 5 });
    for (const { key, replicas } of rows) {
      expect(replicas).toEqual(placement.fallbacks(encodeUtf8(key), 2));
    }
    const popularity = zipf(2000, 1);
    const first = placement.ownerOf(encodeUtf8('user:1'));
    expect(loads[first]).toBeGreaterThan(popularity[0] ?? 1);
    expect(loads.reduce((sum, load) => sum + load, 0)).toBeCloseTo(1, 9);
  });

  it('knows the virtual node of a position, and nothing without a ring', () => {
    const placer = new KeyPlacer();
    placer.place(input('twemproxy-ketama'));
    const { ring } = place('twemproxy-ketama', five);
    const end = ring?.ends[7] ?? 0;
    const owner = five[ring?.endOwners[7] ?? 0]?.address.replace(/:11211$/, '');
    expect(placer.pointAt(end)?.pointHex).toBe(end.toString(16).padStart(8, '0'));
    expect(placer.pointAt(end)?.virtualNode).toMatch(new RegExp(`^${owner ?? '?'}-\\d+`));
    placer.place(input('jump'));
    expect(placer.pointAt(end)).toBeUndefined();
  });
});
