import type * as vscode from 'vscode';
import type { ConnectionProfile } from '../domain/connection';
import { formatHost, parseConnectString } from '../zk/connectString';
import { mapped } from '../zk/engine/dial';

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** What a connection keeps secret, and whether the user agreed to use it without TLS. */
export interface Secret {
  /** One for SASL, one or more for digest, none without credentials. */
  readonly logins: readonly Login[];
  /** Of the private key or the PKCS#12 file. */
  readonly passphrase?: string;
  readonly plainAccepted: boolean;
}

/** What decides where secrets go and who can read them. Files are absolute. */
export type Link = Pick<ConnectionProfile, 'connectString' | 'auth' | 'tls' | 'addressMap'>;

/** What a secret is saved for. */
export interface SecretOwner extends Link {
  readonly id: string;
}

/**
 * Where credentials may go, in one canonical text: the set of hosts, where the address map leads
 * them, and how they are protected on the way: mechanism, TLS, authorities, server-name check, files.
 * Whatever weakens one of them is another binding. The chroot doesn't count, since it is on the same
 * servers. Undefined for a faulty connect string.
 */
export function bindingOf({ connectString, auth, tls, addressMap }: Link): string | undefined {
  const parsed = parseConnectString(connectString);
  if ('kind' in parsed) return undefined;
  const hosts = parsed.hosts.map((host) => {
    const [named, target] = [formatHost(host), formatHost(mapped(host, addressMap))];
    return (named === target ? named : `${named}=${target}`).toLowerCase();
  });
  return [protectionOf(tls), auth, [...new Set(hosts)].sort().join(',')].join(' ');
}

function protectionOf(tls: Link['tls']): string {
  if (!tls) return 'plain';
  const { caFile, certFile, keyFile, pfxFile, verifyServerName = true } = tls;
  return `tls${JSON.stringify([verifyServerName, caFile, certFile, keyFile, pfxFile])}`;
}

/**
 * Secrets in SecretStorage, one entry for each connection id, bound to its hosts and TLS settings: a
 * profile that points the same id elsewhere, or protects it less, doesn't get them. Nothing of it is
 * ever logged.
 */
export class Secrets {
  constructor(private readonly storage: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>) {}

  /** The secret for exactly this link; undefined when there is none or it is bound elsewhere. */
  async load(owner: SecretOwner): Promise<Secret | undefined> {
    const entry = await this.read(owner.id);
    return entry && entry.binding === bindingOf(owner) ? entry.secret : undefined;
  }

  /** Whether this id has a secret that belongs to another link, to tell why we ask again. */
  async isBoundElsewhere(owner: SecretOwner): Promise<boolean> {
    const entry = await this.read(owner.id);
    return entry !== undefined && entry.binding !== bindingOf(owner);
  }

  async save(owner: SecretOwner, { logins, passphrase, plainAccepted }: Secret): Promise<void> {
    const entry = { binding: bindingOf(owner), logins, passphrase, plainAccepted };
    await this.storage.store(keyOf(owner.id), JSON.stringify(entry));
  }

  async remove(id: string): Promise<void> {
    await this.storage.delete(keyOf(id));
  }

  private async read(id: string): Promise<{ binding: string; secret: Secret } | undefined> {
    const text = await this.storage.get(keyOf(id));
    return text === undefined ? undefined : parseEntry(text);
  }
}

function keyOf(id: string): string {
  return `zookeeperWorkbench.connection.${id}`;
}

function parseEntry(text: string): { binding: string; secret: Secret } | undefined {
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch {
    return undefined; // unreadable is as good as missing: the user is asked again
  }
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { binding, logins, passphrase, plainAccepted } = entry as Record<string, unknown>;
  if (typeof binding !== 'string' || !Array.isArray(logins) || !logins.every(isLogin)) {
    return undefined;
  }
  const secret = { logins, plainAccepted: plainAccepted === true };
  return {
    binding,
    secret: typeof passphrase === 'string' ? { ...secret, passphrase } : secret,
  };
}

function isLogin(value: unknown): value is Login {
  if (typeof value !== 'object' || value === null) return false;
  const { user, password } = value as Record<string, unknown>;
  return typeof user === 'string' && typeof password === 'string';
}
