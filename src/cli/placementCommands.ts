import { printBalance } from './balanceCommand';
import { readArguments, UsageError, type CommandGroup } from './command';
import { encodingOf } from './keys';
import { printMovement } from './moveCommand';
import { complain } from './output';
import { explainKey, placeKeys } from './placeCommand';
import { placementOf } from './placementArguments';
import { printPresets } from './presetsCommand';

const options = {
  preset: { type: 'string' },
  set: { type: 'string', multiple: true },
  servers: { type: 'string' },
  to: { type: 'string' },
  assignment: { type: 'string' },
  explain: { type: 'string' },
  keys: { type: 'string' },
  'key-encoding': { type: 'string', default: 'utf8' },
  json: { type: 'boolean', default: false },
} as const;

/** `zkw presets`, `place`, `move` and `balance`: which server a key lands on. */
export const placementCommands: CommandGroup = {
  names: ['presets', 'place', 'move', 'balance'],
  usage: `\
  zkw presets                         list the programs whose key placement is known
  zkw place   --preset <id> ...       read keys from standard input, one a line, and print each with
                                      its server, separated by a tab
  zkw place   --explain <key> ...     print why a key has its server
  zkw move    --preset <id> ...       print which share of all keys moves from --servers to --to, and
                                      what each server gains and loses; with --keys also which move
  zkw balance --preset <id> ...       print the share of each server and how far they are apart; with
                                      --keys also how many keys
`,
  options,
  optionHelp: `\
  --preset <id>           a program that places keys, from zkw presets
  --set <option>=<value>  an option of the preset; may be given again
  --servers <file>        JSON array of {"address":"10.0.1.1:11211","weight":1,"name":"alpha","id":7,
                          "down":false}, all but address optional, in the order of the program
  --to <file>             the servers after the change
  --assignment <file>     JSON object with the list of slots, partitions, ranges or tokens
  --keys <file>           where keys are read from; - is standard input
  --key-encoding <name>   how keys are written: utf8 (default), utf16le, hex or base64
  --json                  print JSON
`,
  run,
};

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments(argv, options);
  const [command = '', ...rest] = positionals;
  if (command === 'presets') return printPresets(rest, values.json);
  if (rest.length > 0) throw new UsageError(`${command} takes options only, not ${rest.join(' ')}`);
  const encoding = encodingOf(values['key-encoding']);
  const { servers, to, keys, explain, json } = values;
  if (to !== undefined && command !== 'move') throw new UsageError('only move takes --to');
  if (explain !== undefined && command !== 'place') {
    throw new UsageError('only place takes --explain');
  }
  const placement = await placementOf(values, servers);
  for (const { message } of placement.warnings) complain(`warning: ${message}`);
  switch (command) {
    case 'place':
      if (explain !== undefined) return explainKey(placement, explain, encoding, json);
      if (json) throw new UsageError('place prints JSON with --explain only');
      return placeKeys(placement, keys ?? '-', encoding);
    case 'move':
      if (to === undefined) throw new UsageError('--to takes a file with the servers afterwards');
      return printMovement(placement, await placementOf(values, to), { keys, encoding, json });
    default:
      return printBalance(placement, { keys, encoding, json });
  }
}
