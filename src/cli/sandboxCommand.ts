import { join } from 'node:path';
import { startSandbox } from '../sandbox/start';
import { readArguments, UsageError, type CommandGroup } from './command';
import { complain, print } from './output';

const options = { port: { type: 'string', default: '0' } } as const;

/** `zkw sandbox`: a throw-away ZooKeeper. */
export const sandboxCommand: CommandGroup = {
  names: ['sandbox'],
  usage: `\
  zkw sandbox [--port <number>]       keep a ZooKeeper-compatible server in memory, for this machine
                                      only, until interrupted; the first line printed is its address
`,
  options,
  optionHelp: `\
  --port <number>         where the sandbox listens, instead of any free port
`,
  run,
};

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments(argv, options);
  if (positionals.length > 1) throw new UsageError('sandbox takes options only');
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new UsageError(`${values.port} is no port: a number from 0, for any free one, to 65535`);
  }
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  });
  const sandbox = await startSandbox(join(__dirname, 'sandbox.js'), port, complain);
  await print(`${sandbox.connectString}\n`);
  await stopped;
  await sandbox.stop();
  return 0;
}
