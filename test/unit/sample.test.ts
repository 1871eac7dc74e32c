import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ALL_PERMISSIONS } from '../../src/domain/znode/acl';
import { baseName, parentPath, parsePath } from '../../src/domain/znode/path';
import { contenderOf } from '../../src/domain/znode/recipes';
import type { ZkClient } from '../../src/zk/client';
import { ZkError } from '../../src/zk/errors';
import { digestIdentity } from '../../src/sandbox/access';
import { Random } from '../../src/sandbox/sample/random';
import { ORDER_PROVIDERS } from '../../src/sandbox/sample/data/dubbo';
import { ALICE } from '../../src/sandbox/sample/data/secured';
import { WIDE_COUNT } from '../../src/sandbox/sample/data/wide';
import { loadSample, sampleNodes } from '../../src/sandbox/sample/load';

const nodes = sampleNodes();
const byPath = new Map(nodes.map((node) => [node.path, node]));
const size = (data: string | Uint8Array = ''): number => Buffer.from(data).length;

describe('the sample data', () => {
  it('has every path once, and each is one that a server takes', () => {
    expect(byPath.size).toBe(nodes.length);
    expect(nodes.filter(({ path }) => parsePath(path) === undefined)).toEqual([]);
  });

  it('keeps below the size that a server takes, with one config above 256 kB', () => {
    expect(nodes.filter(({ data }) => size(data) > 900_000)).toEqual([]);
    const large = nodes.filter(({ data }) => size(data) > 256 * 1024);
    expect(large.map(({ path }) => path)).toEqual(['/config/catalogue/products.json']);
  });

  it('has one node with 5,000 children', () => {
    const parents = nodes.filter(({ path }) => path.startsWith('/wide/'));
    expect(parents).toHaveLength(WIDE_COUNT);
  });

  it('has JSON that parses in every .json', () => {
    const documents = nodes.filter(({ path }) => path.endsWith('.json'));
    expect(documents.length).toBeGreaterThan(3);
    for (const { data } of documents) expect(() => void JSON.parse(String(data))).not.toThrow();
  });

  it('has a gzip value that can be unpacked', () => {
    const data = byPath.get('/values/report.json.gz')?.data as Uint8Array;
    expect(JSON.parse(gunzipSync(data).toString())).toHaveProperty('orders');
  });

  it('names Dubbo providers by their encoded URL', () => {
    const provider = nodes.find(({ path }) => path.startsWith(`${ORDER_PROVIDERS}/`));
    const url = new URL(decodeURIComponent(baseName(parsePath(provider?.path ?? '') ?? never())));
    expect(url.protocol).toBe('dubbo:');
    expect(url.host).toBe('10.0.0.7:20880');
    expect(url.searchParams.get('dynamic')).toBe('false');
  });

  it('names queue entries as the recipes do', () => {
    const entries = nodes.filter(({ path }) => path.startsWith('/queue/emails/'));
    const kinds = entries.map(({ path }) => contenderOf(path.slice('/queue/emails/'.length))?.kind);
    expect(kinds).toEqual(Array(5).fill('queue'));
  });

  it('protects the payroll with the digest that the server computes', () => {
    // What the test servers have as `superDigest` for the same credentials.
    expect(digestIdentity('super:secret').id).toBe('super:lK75jTNcA+U9vtVEw5vB51mj/w4=');
    expect(byPath.get('/secured/payroll')?.acl).toEqual([
      { ...digestIdentity(ALICE), permissions: ALL_PERMISSIONS },
    ]);
  });
});

describe('loading the sample', () => {
  it('creates parents before children, and leaves alone what is there', async () => {
    const paths = new Set<string>(['/']);
    const create: ZkClient['create'] = async (path) => {
      await Promise.resolve();
      if (paths.has(path)) throw new ZkError('NodeExists', 'exists', path);
      if (!paths.has(parentPath(path) ?? '')) throw new ZkError('NoNode', 'no parent', path);
      paths.add(path);
      return path;
    };
    const client = { create } as ZkClient;
    expect(await loadSample(client)).toBe(paths.size - 1);
    expect(await loadSample(client)).toBe(0);
    expect(nodes.filter(({ path }) => !paths.has(path))).toEqual([]);
  });
});

describe('the random numbers of the churn', () => {
  it('are the same for the same seed, and stay in their range', () => {
    const draw = (seed: number): number[] => {
      const random = new Random(seed);
      return Array.from({ length: 200 }, () => random.below(10));
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(new Set(draw(7))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  });

  it('make names that look like those of Curator', () => {
    const name = `_c_${new Random(1).uuid()}-lock-0000000000`;
    expect(contenderOf(name)?.kind).toBe('lock');
  });
});

function never(): never {
  throw new Error('no such znode');
}
