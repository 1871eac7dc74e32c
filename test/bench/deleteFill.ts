import type { ZPath } from '../../src/domain/znode/path';
import type { TransactionStep } from '../../src/zk/client';
import { createNodeClient } from '../../src/zk/nodeClient';

const BATCH = 500;

/** 100,000 znodes with 100 bytes each: the root, 10 folders, 999 services, 98,990 instances. */
function* paths(root: string): Generator<string> {
  yield root;
  for (let a = 0; a < 10; a++) yield `${root}/folder-${a}`;
  for (let b = 0; b < 999; b++) yield `${root}/folder-${b % 10}/service-${b}`;
  for (let c = 0; c < 98_990; c++) {
    yield `${root}/folder-${(c % 999) % 10}/service-${c % 999}/instance-${c}`;
  }
}

/** `deleteFill address root...` */
async function main([address = '', ...roots]: readonly string[]): Promise<void> {
  const client = createNodeClient({ connectString: address, requestTimeoutMs: 120_000 });
  await client.connect();
  for (const root of roots) {
    let steps: TransactionStep[] = [];
    for (const path of paths(root)) {
      steps.push({ type: 'create', path: path as ZPath, data: new Uint8Array(100) });
      if (steps.length < BATCH) continue;
      await client.transaction(steps);
      steps = [];
    }
    if (steps.length > 0) await client.transaction(steps);
  }
  await client.close();
}

void main(process.argv.slice(2));
