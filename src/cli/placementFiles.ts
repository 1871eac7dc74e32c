import { open } from 'node:fs/promises';
import { messageOf } from '../base/assert';
import type { Server } from '../domain/placement/types';

/** Holds more servers than can be placed. */
const MAX_FILE_BYTES = 64 << 20;

/** What a file holds, parsed from JSON. Fails with one sentence that names the file. */
export async function readJsonFile(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new Error(`${path} is no JSON: ${messageOf(error)}`, { cause: error });
  }
}

async function readText(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > MAX_FILE_BYTES) throw new Error(`it has more than ${MAX_FILE_BYTES} bytes`);
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new Error(`cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

type FieldType = 'string' | 'number' | 'boolean';
const FIELDS: ReadonlyMap<string, FieldType> = new Map<keyof Server, FieldType>([
  ['address', 'string'],
  ['weight', 'number'],
  ['name', 'string'],
  ['id', 'number'],
  ['down', 'boolean'],
  ['zone', 'string'],
]);

/**
 * The servers in parsed JSON, or what is wrong with its form. Values are checked against the preset
 * when it gets them.
 */
export function toServers(value: unknown): Server[] | string {
  if (!Array.isArray(value)) return 'no array of servers such as [{"address":"10.0.1.1:11211"}]';
  for (const [index, server] of value.entries() as Iterable<[number, unknown]>) {
    const problem = problemOf(server);
    if (problem !== undefined) return `wrong at server ${index + 1}: ${problem}`;
  }
  return value as Server[];
}

function problemOf(server: unknown): string | undefined {
  if (typeof server !== 'object' || server === null || Array.isArray(server)) {
    return 'it is no object';
  }
  if (!Object.hasOwn(server, 'address')) return 'it has no "address"';
  for (const [name, value] of Object.entries(server)) {
    const type = FIELDS.get(name);
    if (type === undefined) return `nothing is called ${JSON.stringify(name.slice(0, 40))} here`;
    if (typeof value !== type) return `"${name}" must be a ${type}`;
  }
  return undefined;
}
