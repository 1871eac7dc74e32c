import { silentLogger } from '../../src/base/logger';
import { parsePath } from '../../src/domain/znode/path';
import { UndoFiles } from '../../src/ui/edit/undoFiles';
import { planCopy } from '../../src/zk/edit/copyPlan';
import { copyTree } from '../../src/zk/edit/copyTree';
import { Pacer } from '../../src/zk/edit/pacer';
import { modeOf } from '../../src/zk/edit/undo';
import { Writer } from '../../src/zk/edit/writer';
import { createNodeClient } from '../../src/zk/nodeClient';

/** `moveWorker address source target undoFolder`: a window that moves, for a test that ends it. */
async function main([address = '', from = '', to = '', folder = '']: readonly string[]) {
  const [source, target] = [parsePath(from), parsePath(to)];
  if (source === undefined || target === undefined) throw new Error('no path');
  const client = createNodeClient({ connectString: address });
  await client.connect();
  const pacer = new Pacer({ perSecond: undefined });
  const plan = await planCopy(client, client, { kind: 'move', source, target }, { pacer });
  if ('problem' in plan) throw new Error(plan.problem);
  const store = new UndoFiles({ folder, keeps: () => true, log: silentLogger });
  const change = { connectionId: 'dev', connectionName: 'Dev', kind: 'move' as const };
  const undo = await store.begin({ ...change, paths: [source, target] });
  const writer = new Writer('dev', client, () => true);
  const outcome = await copyTree(plan, {
    ...{ from: client, to: client, writer, pacer, undo, conflicts: 'skip' },
    modeOf: (_, stat) => modeOf(stat),
  });
  await undo?.commit();
  await client.close();
  console.log(JSON.stringify({ created: outcome.created, deleted: outcome.deleted }));
}

void main(process.argv.slice(2));
