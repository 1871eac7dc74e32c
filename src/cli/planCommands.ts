import { TARGETS } from '../domain/config/file';
import { type CommandGroup, readArguments, UsageError } from './command';
import { listModels, printModel } from './modelCommand';
import { printPlan } from './planCommand';

const options = {
  json: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  write: { type: 'string' },
  targets: { type: 'string' },
  name: { type: 'string' },
} as const;

/** `zkw plan` and `model`: how many servers, and why. */
export const planCommands: CommandGroup = {
  names: ['plan', 'model'],
  usage: `\
  zkw plan    <file>                  compute a capacity plan (*.zkplan.json) and print its report;
                                      with --json the document with all defaults and results
  zkw plan    <file> --write <folder> write the config files of a plan into a folder; comments and
                                      other keys of files that are there stay
  zkw model   <name> <key>=<value>... print the results of one capacity model as JSON
  zkw model   --list                  list the models with their keys
`,
  options,
  optionHelp: `\
  --check                 exit with 1 when the plan misses a goal or its stored results are no longer
                          computed, with 3 when an older model computed them
  --list                  list the models
  --write <folder>        write config files; prints new, changed, unchanged or foreign and the path
  --targets <a,b>         what to write: ${TARGETS.join(', ')};
                          without it what servers need: zoo, dynamic, myid, java, summary
  --name <name>           name of the ensemble in these files; from the plan's file without it
`,
  run,
};

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments(argv, options);
  const [command = '', name, ...rest] = positionals;
  const { json, check, list, write: folder, targets, name: ensemble } = values;
  if (folder === undefined && (targets !== undefined || ensemble !== undefined)) {
    throw new UsageError('--targets and --name go with --write');
  }
  if (command === 'plan') {
    if (name === undefined || rest.length > 0) throw new UsageError('plan takes one file');
    if (list) throw new UsageError('only model takes --list');
    if (folder === undefined) return printPlan(name, { json, check });
    if (json || check) throw new UsageError('--write goes without --json and --check');
    return printPlan(name, { json, check, write: { folder, targets, name: ensemble } });
  }
  if (folder !== undefined) throw new UsageError('only plan takes --write');
  if (check) throw new UsageError('only plan takes --check');
  if (list) {
    if (name !== undefined) throw new UsageError('model --list takes no name');
    return listModels(json);
  }
  if (name === undefined) throw new UsageError('which model? zkw model --list names them');
  return printModel(name, rest);
}
