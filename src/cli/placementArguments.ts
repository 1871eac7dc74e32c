import { createPlacement } from '../domain/placement/createPlacement';
import { findPreset } from '../domain/placement/presets';
import type {
  Options,
  OptionValue,
  Placement,
  Preset,
  Problem,
  Server,
} from '../domain/placement/types';
import { parseServerList } from '../domain/ring/servers';
import { UsageError } from './command';
import { readJsonFile } from './placementFiles';

interface Arguments {
  readonly preset?: string | undefined;
  readonly set?: readonly string[] | undefined;
  readonly assignment?: string | undefined;
}

/** The preset that `--preset` names. */
export function presetOf({ preset: id }: Arguments): Preset {
  if (id === undefined) throw new UsageError('which program? --preset takes an id of zkw presets');
  const preset = findPreset(id);
  if (preset === undefined) {
    throw new UsageError(`no preset is called ${id}: zkw presets lists them`);
  }
  return preset;
}

/** The options in `--set name=value`, each in the type that the preset wants. */
export function optionsOf(preset: Preset, given: readonly string[]): Options {
  const options = new Map<string, OptionValue>();
  for (const text of given) {
    const split = text.indexOf('=');
    if (split < 1) throw new UsageError(`--set takes option=value, not ${text}`);
    const name = text.slice(0, split);
    const spec = preset.options.find((option) => option.name === name);
    if (spec === undefined) {
      const known = preset.options.map((option) => option.name).join(', ') || 'none';
      throw new UsageError(`${preset.id} has no option ${name}; it has ${known}`);
    }
    if (options.has(name)) throw new UsageError(`--set ${name} is given twice`);
    const value = valueOf(text.slice(split + 1), spec.default);
    if (value === undefined) {
      throw new UsageError(
        `--set ${name} takes a ${typeof spec.default}, as ${String(spec.default)}`,
      );
    }
    options.set(name, value);
  }
  return Object.fromEntries(options);
}

function valueOf(text: string, example: OptionValue): OptionValue | undefined {
  if (typeof example === 'string') return text;
  if (typeof example === 'boolean') {
    return text === 'true' ? true : text === 'false' ? false : undefined;
  }
  return /^-?\d{1,20}(?:\.\d{1,20})?$/.test(text) ? Number(text) : undefined;
}

/** The servers in a file, in its order. */
export async function serversIn(path: string): Promise<Server[]> {
  const servers = parseServerList(await readJsonFile(path));
  if (typeof servers === 'string') throw new Error(`${path} is ${servers}`);
  return servers;
}

/** The placement of a preset with these servers, or a failure that says what to mend in which file. */
export async function placementOf(
  values: Arguments,
  serverFile: string | undefined,
): Promise<Placement> {
  const preset = presetOf(values);
  if (preset.policy) {
    throw new UsageError(`${preset.id} gives keys no owner; it can be simulated, not placed`);
  }
  const options = optionsOf(preset, values.set ?? []);
  if (serverFile === undefined && preset.assignment === undefined) {
    throw new UsageError('--servers takes a file with the servers');
  }
  const servers = serverFile === undefined ? [] : await serversIn(serverFile);
  const { assignment: file } = values;
  const assignment = file === undefined ? undefined : await readJsonFile(file);
  const placement = createPlacement(preset.id, servers, options, assignment);
  if (!Array.isArray(placement)) return placement;
  throw problemsAsError(placement, { servers: serverFile, assignment: file });
}

const NOTHING: Problem = { code: '', where: '', message: 'nothing can be placed' };

/** One line about the first problem, with the file that it is in. Options have none. */
export function problemsAsError(
  problems: readonly Problem[],
  files: { readonly servers?: string | undefined; readonly assignment?: string | undefined },
): Error {
  const [{ code, where, message } = NOTHING, ...others] = problems;
  const text = others.length > 0 ? `${message} (and ${others.length} more)` : message;
  const [kind = ''] = /^\w+/.exec(where) ?? [];
  if (kind === 'options' || code === 'assignment.unwanted') return new UsageError(text);
  const file = kind === 'assignment' ? files.assignment : files.servers;
  return new Error(`${[file, where].filter(Boolean).join(': ')}: ${text}`);
}
