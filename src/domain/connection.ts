import type { AddressMap } from './addressMap';
import { MAX_ID_LENGTH, parseEntry } from './connectionEntry';
import { withTls, type TlsSettings } from './connectionTls';

/**
 * A saved connection as it stands in the setting `zookeeperWorkbench.connections`. Holds no secret:
 * users, passwords and the passphrase of a key live in SecretStorage, bound to id, hosts and TLS.
 */
export interface ConnectionProfile {
  /** `[a-z0-9-]+`, the authority of `zk:` URIs. */
  readonly id: string;
  readonly name: string;
  /** `host:port,…/chroot` */
  readonly connectString: string;
  /** Whether the workbench refuses to write through this connection. */
  readonly readOnly: boolean;
  /** Whether mistakes are dear here: it has a colour of its own, and questions name it. */
  readonly production: boolean;
  /** Whether what is overwritten or deleted is kept on this machine, so that it can be undone. */
  readonly keepUndo: boolean;
  /** Other than `none`: credentials are needed, from SecretStorage or by asking. */
  readonly auth: 'none' | 'digest' | 'sasl';
  /** Absent: without TLS. */
  readonly tls?: TlsSettings;
  readonly addressMap?: AddressMap;
  /** Whether a server that has lost its ensemble will do until another one is found. */
  readonly allowReadOnly?: boolean;
  /**
   * Where the profile is saved; presets of a workspace are visible only when it is trusted. That of
   * the window's sandbox is saved nowhere.
   */
  readonly origin: 'user' | 'workspace' | 'sandbox';
}

export interface ParsedProfiles {
  readonly profiles: readonly ConnectionProfile[];
  /** For the log. They name the entry and the rule, never a value: someone may have put a secret there. */
  readonly problems: readonly string[];
}

/**
 * Reads the setting as far as it makes sense: a faulty entry becomes a problem and nothing else.
 * What is left out means the careful choice: read-only, no credentials, the id as the name, and
 * everything can be undone.
 */
export function parseProfiles(raw: unknown, origin: ConnectionProfile['origin']): ParsedProfiles {
  const profiles: ConnectionProfile[] = [];
  const problems: string[] = [];
  const ids = new Set<string>();
  if (raw !== undefined && raw !== null && !Array.isArray(raw)) {
    problems.push(`connections (${origin} settings): must be a list`);
  }
  for (const [index, entry] of entriesOf(raw).entries()) {
    const parsed = parseEntry(entry, origin);
    const problem = typeof parsed === 'string' ? parsed : duplicateOf(ids, parsed.id);
    if (problem) problems.push(`connections[${index}] (${origin} settings): ${problem}`);
    if (problem || typeof parsed === 'string') continue;
    ids.add(parsed.id);
    profiles.push(parsed);
  }
  return { profiles, problems };
}

function duplicateOf(ids: ReadonlySet<string>, id: string): string | undefined {
  return ids.has(id) ? 'another entry before it has the same "id"' : undefined;
}

/**
 * All connections of a window. A preset takes the place of the user's profile with the same id: the
 * workspace decides what an id means inside it, and the row says where it comes from. It gains
 * nothing by that: the user's secret is bound to the hosts, and read-only stays read-only, production
 * stays production, and what shall not be kept for undoing isn't kept.
 */
export function mergeProfiles(
  user: readonly ConnectionProfile[],
  workspace: readonly ConnectionProfile[],
): readonly ConnectionProfile[] {
  const merged = new Map(user.map((profile) => [profile.id, profile]));
  for (const preset of workspace) {
    const own = merged.get(preset.id);
    merged.set(preset.id, {
      ...preset,
      readOnly: preset.readOnly || (own?.readOnly ?? false),
      production: preset.production || (own?.production ?? false),
      keepUndo: preset.keepUndo && (own?.keepUndo ?? true),
    });
  }
  return [...merged.values()];
}

/** The setting with the profile added or replaced. Keys and entries that we don't know are kept. */
export function withProfile(raw: unknown, profile: ConnectionProfile): unknown[] {
  const entries = entriesOf(raw);
  const at = entries.findIndex((entry) => idOf(entry) === profile.id);
  const { tls: tlsBefore, ...before } = (at < 0 ? {} : entries[at]) as Record<string, unknown>;
  const { id, name, connectString, readOnly, auth, tls, addressMap } = profile;
  const { production, keepUndo, allowReadOnly } = profile;
  const entry = {
    ...before,
    ...{ id, name, connectString, readOnly, production, keepUndo, auth },
    ...(tls && { tls: withTls(tlsBefore, tls) }),
    ...(addressMap && { addressMap }),
    ...(allowReadOnly !== undefined && { allowReadOnly }),
  };
  return at < 0 ? [...entries, entry] : entries.with(at, entry);
}

/** The setting without the entries of that id. */
export function withoutProfile(raw: unknown, id: string): unknown[] {
  return entriesOf(raw).filter((entry) => idOf(entry) !== id);
}

/** Whether both describe the same way to the same servers, so that an open session may stay. */
export function isSameLink(a: ConnectionProfile, b: ConnectionProfile): boolean {
  const text = ({ connectString, auth, tls, addressMap, allowReadOnly }: ConnectionProfile) =>
    JSON.stringify([connectString, auth, tls, addressMap, allowReadOnly]);
  return text(a) === text(b);
}

/** An id made from a name, different from those taken: `Production EU` becomes `production-eu`. */
export function idFromName(name: string, taken: Iterable<string>): string {
  const base =
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, MAX_ID_LENGTH - 8)
      .replace(/^-|-$/g, '') || 'connection';
  const used = new Set(taken);
  let id = base;
  for (let n = 2; used.has(id); n++) id = `${base}-${n}`;
  return id;
}

function entriesOf(raw: unknown): unknown[] {
  return Array.isArray(raw) ? (raw as unknown[]) : [];
}

function idOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null ? (entry as { id?: unknown }).id : undefined;
}
