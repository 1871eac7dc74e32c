import type { ZPath } from '../../src/domain/znode/path';
import type { TransactionStep } from '../../src/zk/client';
import { createNodeClient } from '../../src/zk/nodeClient';

/** Fills a server for the benchmarks: `/walk` (101,011 znodes), `/wide100k`, `/wide500k`, `/live`. */

const BATCH = 500;
const IN_FLIGHT = 4;

function* paths(): Generator<string> {
  yield '/walk';
  for (let a = 0; a < 10; a++) {
    yield `/walk/folder-${a}`;
    for (let b = 0; b < 100; b++) {
      yield `/walk/folder-${a}/service-${b}`;
      for (let c = 0; c < 100; c++) yield `/walk/folder-${a}/service-${b}/instance-${c}`;
    }
  }
  for (const [root, count] of [
    ['/wide100k', 100_000],
    ['/wide500k', 500_000],
    ['/live', 10_000],
  ] as const) {
    yield root;
    for (let i = 0; i < count; i++) yield `${root}/member-${String(i).padStart(8, '0')}`;
  }
}

async function main([address = '']: readonly string[]): Promise<void> {
  const client = createNodeClient({ connectString: address, requestTimeoutMs: 120_000 });
  await client.connect();
  let steps: TransactionStep[] = [];
  let running: Promise<unknown>[] = [];
  const flush = async (): Promise<void> => {
    running.push(client.transaction(steps));
    steps = [];
    if (running.length < IN_FLIGHT) return;
    await Promise.all(running);
    running = [];
  };
  for (const path of paths()) {
    const data = path.startsWith('/walk') ? new Uint8Array(100) : new Uint8Array(0);
    steps.push({ type: 'create', path: path as ZPath, data });
    if (steps.length === BATCH) await flush();
  }
  await flush();
  await Promise.all(running);
  await client.close();
}

void main(process.argv.slice(2));
