import { parseAddressMap } from './addressMap';
import type { ConnectionProfile } from './connection';
import { parseTls } from './connectionTls';

/** The longest name, in UTF-16 units. */
export const MAX_NAME_LENGTH = 80;
export const MAX_ID_LENGTH = 64;

const METHODS: readonly unknown[] = ['none', 'digest', 'sasl'];

/** Reads one entry of the setting, or says what is wrong with it without repeating a value. */
export function parseEntry(
  entry: unknown,
  origin: ConnectionProfile['origin'],
): ConnectionProfile | string {
  if (typeof entry !== 'object' || entry === null) return 'must be an object';
  const { id, name, connectString, readOnly, auth, ...more } = entry as Record<string, unknown>;
  if (typeof id !== 'string' || !/^[a-z0-9-]+$/.test(id) || id.length > MAX_ID_LENGTH) {
    return `"id" must be 1 to ${MAX_ID_LENGTH} of a-z, 0-9 and -`;
  }
  if (name !== undefined && typeof name !== 'string') return '"name" must be a text';
  if (typeof connectString !== 'string') return '"connectString" must be a text';
  if (readOnly !== undefined && typeof readOnly !== 'boolean') {
    return '"readOnly" must be true or false';
  }
  if (auth !== undefined && !METHODS.includes(auth)) {
    return '"auth" must be "none", "digest" or "sasl"; Kerberos is not supported';
  }
  const others = parseOthers(more, origin);
  if (typeof others === 'string') return others;
  return {
    id,
    name: cleanName(name ?? '') || id,
    connectString,
    readOnly: readOnly ?? true,
    production: false,
    keepUndo: true,
    auth: (auth as ConnectionProfile['auth'] | undefined) ?? 'none',
    ...others,
    origin,
  };
}

const SWITCHES = ['allowReadOnly', 'production', 'keepUndo'] as const;

type OtherSettings = Partial<
  Pick<ConnectionProfile, 'tls' | 'addressMap' | (typeof SWITCHES)[number]>
>;

function parseOthers(
  { tls, addressMap, ...more }: Record<string, unknown>,
  origin: ConnectionProfile['origin'],
): OtherSettings | string {
  const parsedTls = tls === undefined ? undefined : parseTls(tls, origin);
  if (typeof parsedTls === 'string') return parsedTls;
  const map = addressMap === undefined ? undefined : parseAddressMap(addressMap);
  if (typeof map === 'string') return map;
  const switches: Partial<Record<(typeof SWITCHES)[number], boolean>> = {};
  for (const key of SWITCHES) {
    const value = more[key];
    if (value === undefined) continue;
    if (typeof value !== 'boolean') return `"${key}" must be true or false`;
    switches[key] = value;
  }
  return {
    ...(parsedTls && { tls: parsedTls }),
    ...(map && { addressMap: map }),
    ...switches,
  };
}

/** A name on one line, without control and direction characters, and not longer than a row bears. */
export function cleanName(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .slice(0, MAX_NAME_LENGTH)
    .trim();
}
