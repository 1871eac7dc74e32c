import { decodeUtf8 } from '../textCoding';
import { ROOT } from '../znode/path';
import { addressOf, parseAddress } from './address';
import { field, readObject, type JsonObject } from './json';
import { type ChildInput, type ChildParser, type Draft, type MemberState } from './member';

/** Where a registration in JSON keeps what; dots lead into objects, `endpoint.host`. */
export interface FieldNames {
  /** `host:port`, or a host beside `port`. */
  readonly address?: string;
  readonly port?: string;
  readonly weight?: string;
  readonly name?: string;
  readonly id?: string;
  readonly zone?: string;
  /** A switch (`true` is up), or a text such as `UP` or `draining`. */
  readonly state?: string;
}

const ADDRESS_FIELDS = ['address', 'addr', 'host', 'hostname', 'ip', 'endpoint', 'server'];
/** A longer name of a field is a mistake. */
const MAX_STEPS = 8;

/** A child whose name is `host:port`. */
export function parseAddressName({ name }: ChildInput): Draft | string {
  const address = parseAddress(name);
  return address === undefined ? 'is no host:port' : { address };
}

/** A child whose data is `host:port`, or JSON with an address under the given or a usual name. */
export function jsonParser(names: FieldNames = {}): ChildParser {
  return ({ data }) => {
    const plain = plainAddress(data);
    if (plain !== undefined) return { address: plain };
    const object = readObject(data);
    if (typeof object === 'string') return object;
    const address = addressIn(object, names);
    if (address === undefined) return reasonWithoutAddress(names);
    return {
      address,
      weight: at(object, names.weight ?? 'weight'),
      name: textAt(object, names.name),
      id: idAt(object, names.id),
      zone: textAt(object, names.zone ?? 'zone'),
      state: names.state === undefined ? undefined : stateOf(at(object, names.state)),
    };
  };
}

/** Whether the data is a registration that `jsonParser` reads without being told names. */
export function hasAddress(data: Uint8Array): boolean {
  return typeof jsonParser()({ name: '', data }, { path: ROOT, children: [] }) !== 'string';
}

function plainAddress(data: Uint8Array | undefined): string | undefined {
  if (data === undefined || data.length > 300) return undefined;
  return parseAddress(decodeUtf8(data)?.trim());
}

function addressIn(object: JsonObject, names: FieldNames): string | undefined {
  const port = at(object, names.port ?? 'port');
  const candidates = names.address === undefined ? ADDRESS_FIELDS : [names.address];
  for (const name of candidates) {
    const value = at(object, name);
    const address = parseAddress(value) ?? addressOf(value, port);
    if (address !== undefined) return address;
  }
  return undefined;
}

function reasonWithoutAddress({ address, port = 'port' }: FieldNames): string {
  return address === undefined
    ? `has neither host:port nor a host and "port" in any of ${ADDRESS_FIELDS.join(', ')}`
    : `has no host:port in "${address}", nor a host there and a port in "${port}"`;
}

function at(object: JsonObject, path: string): unknown {
  return path.split('.', MAX_STEPS).reduce((value: unknown, step) => field(value, step), object);
}

function textAt(object: JsonObject, path: string | undefined): string | undefined {
  const value = path === undefined ? undefined : at(object, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function idAt(object: JsonObject, path: string | undefined): number | undefined {
  const value = path === undefined ? undefined : Number(at(object, path));
  return Number.isSafeInteger(value) ? value : undefined;
}

function stateOf(value: unknown): MemberState {
  if (typeof value === 'boolean') return value ? 'up' : 'down';
  if (typeof value !== 'string') return 'unknown';
  if (/^(?:up|alive|active|online|enabled|true|passing|serving|running)$/i.test(value)) return 'up';
  if (/^(?:draining|stopping|maintenance)$/i.test(value)) return 'draining';
  return 'down';
}
