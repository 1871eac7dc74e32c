import { isObject, type JsonObject } from '../membership/json';
import { KINDS } from '../membership/kinds';
import type { Options, Problem, Server } from '../placement/types';
import type { WhatIf } from '../placement/whatIf';
import { parsePath } from '../znode/path';
import type { RingChoices, RingKeySource, RingMembers, RingRates } from './choices';
import { parseServer } from './servers';

/** More than a picture shows; what is beyond is a problem, not a crash. */
export const MAX_SERVERS = 2_000;
export const MAX_LISTED_KEYS = 10_000;
const MAX_TEXT = 4_096;
const MAX_OPTIONS = 20;
const MAX_REPLICAS = 10;
const MAX_PROBLEMS = 20;

type Report = (where: string, message: string) => void;

export interface ParsedChoices {
  /** What could be understood; undefined when nothing says where servers come from. */
  readonly choices: RingChoices | undefined;
  readonly problems: readonly Problem[];
}

/** Choices from parsed JSON: of a ring file, or as VS Code kept them over a reload of the window. */
export function parseChoices(value: unknown): ParsedChoices {
  const problems: Problem[] = [];
  const report: Report = (where, message) => {
    if (problems.length < MAX_PROBLEMS) problems.push({ code: 'ring.value', where, message });
  };
  if (!isObject(value)) {
    report('', 'A ring file holds one JSON object with "members".');
    return { choices: undefined, problems };
  }
  const members = parseMembersSource(value['members'], report);
  if (!members) return { choices: undefined, problems };
  const keys = parseKeySource(value['keys'], report);
  const rates = parseRates(value['rates'], report);
  const title = parseText(value['title'], 'title', report);
  const preset = parseText(value['preset'], 'preset', report);
  const replicas = parseNumber(value['replicas'], 'replicas', [1, MAX_REPLICAS], report);
  const popularity = parseNumber(value['popularity'], 'popularity', [0, 5], report);
  const load = parseNumbers(value['load'], 'load', 0, report);
  const choices: RingChoices = {
    ...(title !== undefined && { title }),
    members,
    ...(preset !== undefined && { preset }),
    options: parseOptions(value['options'], 'options', report),
    ...(replicas !== undefined && replicas > 1 && { replicas: Math.floor(replicas) }),
    ...(value['distinctZones'] === true && { distinctZones: true }),
    ...(keys && { keys }),
    ...(popularity !== undefined && popularity > 0 && { popularity }),
    ...(rates && { rates }),
    ...(load && { load }),
    whatIf: parseWhatIf(value['whatIf'], report),
  };
  return { choices, problems };
}

/** A what-if from parsed JSON; what isn't one changes nothing. */
export function parseWhatIf(value: unknown, report: Report = ignore): WhatIf {
  const given = objectOf(value, 'whatIf', report);
  const list = (name: string): string[] => parseTexts(given[name], `whatIf.${name}`, report);
  const [drained, lostZones] = [list('drained'), list('lostZones')];
  const weights = parseNumbers(given['weights'], 'whatIf.weights', Number.MIN_VALUE, report);
  const preset = parseText(given['preset'], 'whatIf.preset', report);
  const options = parseOptions(given['options'], 'whatIf.options', report);
  return {
    removed: list('removed'),
    added: list('added'),
    ...(drained.length > 0 && { drained }),
    ...(weights && { weights }),
    ...(lostZones.length > 0 && { lostZones }),
    ...(preset !== undefined && { preset }),
    ...(Object.keys(options).length > 0 && { options }),
  };
}

/** A source of keys from parsed JSON. */
export function parseKeySource(value: unknown, report: Report = ignore): RingKeySource | undefined {
  if (value === undefined) return undefined;
  const { list, pattern, file, connection, path } = objectOf(value, 'keys', report);
  if (Array.isArray(list)) {
    if (list.length > MAX_LISTED_KEYS) {
      report('keys.list', `Only the first ${MAX_LISTED_KEYS} listed keys are used: name a "file".`);
    }
    return { list: list.filter(isText).slice(0, MAX_LISTED_KEYS).map(cut) };
  }
  if (isText(pattern)) return { pattern: cut(pattern) };
  if (isText(file)) return { file: cut(file) };
  if (isText(connection) && isText(path) && parsePath(path)) return { connection, path };
  report('keys', 'Keys have a "list", a "pattern", a "file", or a "connection" with a "path".');
  return undefined;
}

/** Rates from parsed JSON. */
export function parseRates(value: unknown, report: Report = ignore): RingRates | undefined {
  if (value === undefined) return undefined;
  const given = objectOf(value, 'rates', report);
  const rate = (name: string): number | undefined =>
    parseNumber(given[name], `rates.${name}`, [Number.MIN_VALUE, 1e12], report);
  const [arrivals, parallel, service] = [rate('arrivals'), rate('parallel') ?? 1, rate('service')];
  if (arrivals === undefined || service === undefined) {
    report('rates', 'Rates are "arrivals", "parallel" and "service", all above 0.');
    return undefined;
  }
  return { arrivals, parallel, service };
}

/** Loads by address from parsed JSON; undefined when there are none. */
export function parseLoad(value: unknown): Readonly<Record<string, number>> | undefined {
  return parseNumbers(value, 'load', 0, ignore);
}

function parseMembersSource(value: unknown, report: Report): RingMembers | undefined {
  const { connection, path, layout, servers, file } = objectOf(value, 'members', report);
  if (Array.isArray(servers)) return { servers: parseServers(servers, report) };
  if (isText(file)) return { file: cut(file) };
  if (isText(connection) && isText(path) && parsePath(path)) {
    const known = KINDS.find((kind) => kind === layout);
    if (layout !== undefined && !known) {
      report('members.layout', `Known layouts are ${KINDS.join(', ')}.`);
    }
    return { connection, path, ...(known && { layout: known }) };
  }
  report('members', 'Members have a "connection" with a "path", "servers", or a "file".');
  return undefined;
}

function parseServers(list: readonly unknown[], report: Report): Server[] {
  if (list.length > MAX_SERVERS) {
    report('members.servers', `Only the first ${MAX_SERVERS} servers are shown.`);
  }
  return list.slice(0, MAX_SERVERS).flatMap((one, i) => {
    const server = parseServer(one);
    if (typeof server === 'object') return [server];
    report(`members.servers[${i}]`, server);
    return [];
  });
}

function parseOptions(value: unknown, where: string, report: Report): Options {
  const isOption = (entry: [string, unknown]): boolean =>
    ['string', 'number', 'boolean'].includes(typeof entry[1]);
  const entries = Object.entries(objectOf(value, where, report)).slice(0, MAX_OPTIONS);
  const wrong = entries.find((entry) => !isOption(entry));
  if (wrong) report(`${where}.${wrong[0]}`, 'An option is a text, a number, true or false.');
  return Object.fromEntries(entries.filter(isOption)) as Options;
}

function parseNumbers(
  value: unknown,
  where: string,
  least: number,
  report: Report,
): Record<string, number> | undefined {
  const isFit = ([, one]: [string, unknown]): boolean =>
    typeof one === 'number' && one >= least && one <= 1e15;
  const entries = Object.entries(objectOf(value, where, report)).slice(0, MAX_SERVERS);
  if (!entries.every(isFit)) report(where, `Numbers from 0 by address; 0 only for loads.`);
  const fit = entries.filter(isFit) as [string, number][];
  return fit.length === 0 ? undefined : Object.fromEntries(fit);
}

function parseNumber(
  value: unknown,
  where: string,
  [least, most]: readonly [number, number],
  report: Report,
): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && value >= least && value <= most) return value;
  report(
    where,
    `"${where}" is a number ${least <= 1e-9 ? 'above 0' : `from ${least}`} to ${most}.`,
  );
  return undefined;
}

function parseText(value: unknown, where: string, report: Report): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return cut(value);
  report(where, `"${where}" is a text.`);
  return undefined;
}

/** Each text once, in its order. */
function parseTexts(value: unknown, where: string, report: Report): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) {
    report(where, `"${where}" is a list of texts.`);
  }
  const texts = Array.isArray(value) ? value.filter(isText) : [];
  return [...new Set(texts.slice(0, MAX_SERVERS).map((text) => cut(text.trim())))];
}

function objectOf(value: unknown, where: string, report: Report): JsonObject {
  if (value === undefined) return {};
  if (isObject(value)) return value;
  report(where, `"${where}" is an object.`);
  return {};
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const cut = (text: string): string => text.slice(0, MAX_TEXT);
const ignore: Report = () => {};
