import { Limiter } from '../../base/async';
import { lineage, parsePath, ROOT, type ZPath } from '../../domain/znode/path';
import { encodeUtf8 } from '../../domain/textCoding';
import { ZkError } from '../../zk/errors';
import type { SampleClient } from './client';
import { configs } from './data/configs';
import { coordination } from './data/coordination';
import { curator } from './data/curator';
import { dubbo } from './data/dubbo';
import { kafka } from './data/kafka';
import { unusualNames } from './data/names';
import type { SampleNode } from './data/node';
import { secured } from './data/secured';
import { serverset } from './data/serverset';
import { values } from './data/values';
import { wide } from './data/wide';

/** Requests under way at a time: enough to keep one connection busy. */
const IN_FLIGHT = 64;

/** All that is persistent in the sample. */
export function sampleNodes(): SampleNode[] {
  return [
    ...configs(),
    ...dubbo(),
    ...curator(),
    ...serverset(),
    ...kafka(),
    ...coordination(),
    ...secured(),
    ...values(),
    ...unusualNames(),
    ...wide(),
  ];
}

/** Creates what of the sample is missing, and returns how many znodes that were. What exists stays. */
export async function loadSample(client: SampleClient): Promise<number> {
  const limiter = new Limiter(IN_FLIGHT);
  let created = 0;
  for (const level of levels(sampleNodes())) {
    await Promise.all(
      level.map(({ path, data = '', acl }) =>
        limiter.run(async () => {
          const bytes = typeof data === 'string' ? encodeUtf8(data) : data;
          if (await createUnlessThere(client, path, bytes, acl)) created++;
        }),
      ),
    );
  }
  return created;
}

type PlacedNode = SampleNode & { readonly path: ZPath };

/** The nodes with all their ancestors, by depth: parents come first. */
function levels(nodes: readonly SampleNode[]): PlacedNode[][] {
  const all = new Map<ZPath, PlacedNode>();
  for (const node of nodes) {
    const path = parsePath(node.path);
    if (path === undefined) throw new Error(`The sample has no valid path ${node.path}`);
    for (const ancestor of lineage(path)) {
      if (ancestor !== ROOT && !all.has(ancestor)) all.set(ancestor, { path: ancestor });
    }
    all.set(path, { ...node, path });
  }
  const byDepth: PlacedNode[][] = [];
  for (const node of all.values()) (byDepth[lineage(node.path).length - 2] ??= []).push(node);
  return byDepth;
}

async function createUnlessThere(
  client: SampleClient,
  path: ZPath,
  data: Uint8Array,
  acl: SampleNode['acl'],
): Promise<boolean> {
  try {
    await client.create(path, data, acl ? { acl } : {});
    return true;
  } catch (error) {
    if (ZkError.is(error, 'NodeExists')) return false;
    throw error;
  }
}
