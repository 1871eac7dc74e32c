import { messageOf } from './base/assert';
import { FAILED, readArguments, USAGE, UsageError, type CommandGroup } from './cli/command';
import { complain, write } from './cli/output';
import { placementCommands } from './cli/placementCommands';
import { planCommands } from './cli/planCommands';
import { sandboxCommand } from './cli/sandboxCommand';
import { treeCommands } from './cli/treeCommands';

const GROUPS: readonly CommandGroup[] = [
  treeCommands,
  placementCommands,
  planCommands,
  sandboxCommand,
];

const HELP = `zkw: ZooKeeper Workbench on the command line

Usage:
${GROUPS.map(({ usage }) => usage).join('\n')}
Options:
${GROUPS.map(({ optionHelp }) => optionHelp).join('\n')}
  -h, --help              this text

Environment:
${GROUPS.map(({ environment = '' }) => environment).join('')}
A connect string is host:port,[ipv6]:port/chroot. Errors go to standard error, one line each.

Exit codes: 0 done, 1 failed or incomplete, 2 wrong usage, 3 a plan of an older model.
`;

const HELP_OPTION = { help: { type: 'boolean', short: 'h' } } as const;

async function main(argv: string[]): Promise<number> {
  const all = Object.assign({}, ...GROUPS.map(({ options }) => options)) as object;
  const { values, positionals } = readArguments(argv, { ...all, ...HELP_OPTION });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [command] = positionals;
  const group = GROUPS.find(({ names }) => command !== undefined && names.includes(command));
  if (group === undefined) {
    const names = GROUPS.toReversed()
      .flatMap((one) => one.names)
      .join(', ');
    const known = names.replace(/, (\w+)$/, ' or $1');
    throw new UsageError(command ? `unknown command ${command}` : `which command? ${known}`);
  }
  return group.run(argv);
}

// A reader such as `head` that has seen enough closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : FAILED);
});

async function exitCode(): Promise<number> {
  try {
    return await main(process.argv.slice(2));
  } catch (error) {
    const usage = error instanceof UsageError;
    complain(messageOf(error) + (usage ? '; see zkw --help' : ''));
    return usage ? USAGE : FAILED;
  }
}

void exitCode().then(async (code) => {
  // A slow reader may not have taken all yet, and exit drops what waits for it.
  await write('');
  process.exit(code);
});
