import { silentLogger } from '../../src/base/logger';
import { parsePath } from '../../src/domain/znode/path';
import { UndoFiles } from '../../src/ui/edit/undoFiles';
import { deleteTree } from '../../src/zk/edit/deleteTree';
import { Pacer } from '../../src/zk/edit/pacer';
import { survey } from '../../src/zk/edit/survey';
import { Writer } from '../../src/zk/edit/writer';
import { createNodeClient } from '../../src/zk/nodeClient';

/** `deleteWorker address path [undoFolder]`: previews and deletes a subtree with the cap lifted. */
async function main([address = '', path = '', folder]: readonly string[]): Promise<void> {
  const root = parsePath(path);
  if (root === undefined) throw new Error(`no path: ${path}`);
  const client = createNodeClient({ connectString: address, requestTimeoutMs: 60_000 });
  await client.connect();
  const start = performance.now();
  const found = await survey(client, [root], { pacer: new Pacer({ perSecond: undefined }) });
  const surveyed = performance.now();
  const store = new UndoFiles({ folder: folder ?? '', keeps: () => true, log: silentLogger });
  const change = { connectionId: 'a', connectionName: 'A', kind: 'delete' as const, paths: [root] };
  const undo = folder === undefined ? undefined : await store.begin(change);
  const writer = new Writer('a', client, () => true);
  const pacer = new Pacer({ perSecond: undefined });
  const outcome = await deleteTree(found, { client, writer, pacer, undo });
  await undo?.commit();
  if (outcome.stop) throw new Error(JSON.stringify(outcome.stop));
  const result = {
    deleted: outcome.deleted,
    surveyS: (surveyed - start) / 1_000,
    wallS: (performance.now() - start) / 1_000,
    peakMB: process.resourceUsage().maxRSS / 1_024,
  };
  await client.close();
  console.log(JSON.stringify(result));
}

void main(process.argv.slice(2));
