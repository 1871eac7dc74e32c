import { isObject } from '../membership/json';
import type { Server } from '../placement/types';

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
 * A server from parsed JSON, or what is wrong with its form. Values are checked against the preset
 * when it gets them.
 */
export function parseServer(value: unknown): Server | string {
  if (!isObject(value)) return 'it is no object';
  if (!Object.hasOwn(value, 'address')) return 'it has no "address"';
  for (const [name, one] of Object.entries(value)) {
    const type = FIELDS.get(name);
    if (type === undefined) return `nothing is called ${JSON.stringify(name.slice(0, 40))} here`;
    if (typeof one !== type) return `"${name}" must be a ${type}`;
  }
  return value as unknown as Server;
}

/** The servers in parsed JSON, or the first thing that is wrong with its form. */
export function parseServerList(value: unknown): Server[] | string {
  if (!Array.isArray(value)) return 'no array of servers such as [{"address":"10.0.1.1:11211"}]';
  const servers: Server[] = [];
  for (const [index, one] of (value as unknown[]).entries()) {
    const server = parseServer(one);
    if (typeof server === 'string') return `wrong at server ${index + 1}: ${server}`;
    servers.push(server);
  }
  return servers;
}
