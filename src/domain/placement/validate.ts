import { NOBODY } from './layout/layout';
import type { Definition } from './presets/rules';
import type { Options, OptionSpec, OptionValue, Preset, Problem, Server } from './types';

/** Checks of what users write, with one problem for each mistake. */
const MAX_SERVERS = NOBODY;
/** Points and cells of one placement; memory stays below about 30 MB. */
export const MAX_POINTS = 2_000_000;
const MAX_PROBLEMS = 20;

/** All options of a preset with defaults filled in. */
export function resolveOptions(preset: Preset, given: Options): Options | Problem[] {
  const problems: Problem[] = [];
  const known = new Map(preset.options.map((spec) => [spec.name, spec]));
  for (const [name, value] of Object.entries(given)) {
    const spec = known.get(name);
    const message = spec === undefined ? unknownOption(preset, name) : wrongValue(spec, value);
    if (message === undefined) continue;
    const code = spec === undefined ? 'option.unknown' : 'option.value';
    problems.push({ code, message, where: `options.${name}` });
  }
  if (problems.length > 0) return problems.slice(0, MAX_PROBLEMS);
  const defaults = preset.options.map((spec) => [spec.name, spec.default] as const);
  return { ...Object.fromEntries(defaults), ...given };
}

function unknownOption(preset: Preset, name: string): string {
  const names = preset.options.map((spec) => `"${spec.name}"`).join(', ');
  return `${preset.title} has no option "${name}". It knows ${names === '' ? 'none' : names}.`;
}

function wrongValue(spec: OptionSpec, value: OptionValue): string | undefined {
  if (typeof value !== typeof spec.default) {
    return `"${spec.name}" must be a ${typeof spec.default}.`;
  }
  if (typeof value === 'number') {
    const { minimum = -Infinity, maximum = Infinity, real = false } = spec;
    const fits = value >= minimum && value <= maximum && (real || Number.isInteger(value));
    const kind = real ? 'number' : 'whole number';
    return fits ? undefined : `"${spec.name}" must be a ${kind} from ${minimum} to ${maximum}.`;
  }
  if (spec.values !== undefined && !spec.values.includes(String(value))) {
    return `"${spec.name}" must be one of ${spec.values.join(', ')}.`;
  }
  return undefined;
}

/** What is wrong with a list of servers for a preset. */
export function serverProblems(
  { preset, wholeWeights = false }: Definition,
  servers: readonly Server[],
): Problem[] {
  if (servers.length === 0 && preset.assignment === undefined) {
    return [{ code: 'servers.none', message: 'Name at least one server.', where: 'servers' }];
  }
  if (servers.length > MAX_SERVERS) {
    const message = `At most ${MAX_SERVERS} servers can be placed; these are ${servers.length}.`;
    return [{ code: 'servers.tooMany', message, where: 'servers' }];
  }
  const problems: Problem[] = [];
  const add = (code: string, message: string, where: string): void => {
    if (problems.length < MAX_PROBLEMS) problems.push({ code, message, where });
  };
  const seen = new Map<string, number>();
  const ids = new Map<number, number>();
  let sum = 0;
  servers.forEach((server, i) => {
    const where = `servers[${i}]`;
    const { address, weight = 1, id } = server;
    if (typeof address !== 'string' || address.trim() === '') {
      add(
        'server.address',
        'A server needs an address such as 10.0.0.1:11211.',
        `${where}.address`,
      );
      return;
    }
    const first = seen.get(address);
    if (first !== undefined) {
      add('server.duplicate', `${address} is listed twice, first as number ${first + 1}.`, where);
    }
    seen.set(address, i);
    if (!Number.isFinite(weight) || weight <= 0) {
      const message = `The weight of ${address} must be above 0; leave out servers without weight.`;
      add('server.weight', message, `${where}.weight`);
    } else if (wholeWeights && !Number.isInteger(weight)) {
      const message = `${preset.program} takes whole weights only; ${address} has ${weight}.`;
      add('server.weight', message, `${where}.weight`);
    }
    sum += weight;
    if (id === undefined) return;
    if (!Number.isInteger(id) || id < 1 || id > 0x7fffffff) {
      add('server.id', `The id of ${address} must be a whole number from 1.`, `${where}.id`);
    }
    if (ids.has(id)) add('server.id', `The id ${id} is used twice.`, `${where}.id`);
    ids.set(id, i);
  });
  if (wholeWeights && sum > MAX_POINTS && problems.length === 0) {
    const message = `The weights sum up to more than ${MAX_POINTS}: divide them by a common factor.`;
    add('server.weight', message, 'servers');
  }
  if (servers.length > 0 && servers.every(({ down }) => down === true)) {
    if (preset.assignment === undefined) {
      add('servers.down', 'All servers are down: nobody takes keys.', 'servers');
    }
  }
  return problems;
}
