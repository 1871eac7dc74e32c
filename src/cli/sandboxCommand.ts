import { join } from 'node:path';
import { startSandbox } from '../sandbox/start';
import { readArguments, UsageError, type CommandGroup } from './command';
import { complain, print } from './output';

const options = {
  port: { type: 'string', default: '0' },
  sample: { type: 'boolean', default: false },
  churn: { type: 'boolean', default: false },
} as const;

/** `zkw sandbox`: a throw-away ZooKeeper. */
export const sandboxCommand: CommandGroup = {
  names: ['sandbox'],
  usage: `\
  zkw sandbox [--port <number>] [--sample | --churn]
                                      keep a ZooKeeper-compatible server in memory, for this machine
                                      only, until interrupted; the first line printed is its address
`,
  options,
  optionHelp: `\
  --port <number>         where the sandbox listens, instead of any free port
  --sample                begin with services, configs, locks, elections and the like in it
  --churn                 the same, and members come and go, locks are passed on, configs change
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
  const content = values.churn ? 'churn' : values.sample ? 'sample' : 'empty';
  const workerFile = join(__dirname, 'sandbox.js');
  let onEnd: (message: string) => void = () => {};
  const ended = new Promise<string | undefined>((resolve) => {
    onEnd = resolve;
    const stop = (): void => resolve(undefined);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  });
  const sandbox = await startSandbox({ workerFile, port, content, onProblem: complain, onEnd });
  await print(`${sandbox.connectString}\n`);
  const problem = await ended;
  if (problem !== undefined) throw new Error(`the sandbox has ended: ${problem}`);
  await sandbox.stop();
  return 0;
}
