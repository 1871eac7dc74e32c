import { startChurn } from '../../src/sandbox/sample/churn';
import { loadSample } from '../../src/sandbox/sample/load';
import { createNodeClient } from '../../src/zk/nodeClient';

const USAGE = `node dist/test/sample/main.js <connect string> [--members | --churn]
  Loads the sample data into a ZooKeeper; what exists already stays as it is.
  --members   then holds the sessions of services, locks and elections until it is stopped
  --churn     the same, and members come and go, locks are passed on, configs change
  --seed=N    another course of events`;

/** Ephemerals of a member that died without a farewell go after this time. */
const SESSION_TIMEOUT_MS = 6_000;

async function load(connectString: string): Promise<void> {
  const client = createNodeClient({ connectString, requestTimeoutMs: 30_000 });
  try {
    await client.connect();
    const created = await loadSample(client);
    console.log(`sample data: ${String(created)} znodes created`);
  } finally {
    await client.close();
  }
}

/** Ctrl-C, a polite kill, or the end of whoever holds our standard input. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve());
    process.stdin.on('end', () => resolve()).on('error', () => resolve());
    process.stdin.resume();
  });
}

async function main(args: readonly string[]): Promise<void> {
  const connectString = args.find((arg) => !arg.startsWith('--'));
  if (connectString === undefined || args.includes('--help')) {
    console.log(USAGE);
    process.exitCode = connectString === undefined && !args.includes('--help') ? 2 : 0;
    return;
  }
  const stays = args.includes('--churn') || args.includes('--members');
  const stopped = stays ? untilStopped() : Promise.resolve();
  await load(connectString);
  if (!stays) return;
  const seed = Number(args.find((arg) => arg.startsWith('--seed='))?.slice('--seed='.length));
  const newClient = () => createNodeClient({ connectString, sessionTimeoutMs: SESSION_TIMEOUT_MS });
  const churn = await startChurn(newClient, {
    ...(Number.isInteger(seed) && { seed }),
    still: !args.includes('--churn'),
  });
  console.log('sample members: joined');
  await stopped;
  await churn.stop();
}

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
