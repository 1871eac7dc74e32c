import type * as vscode from 'vscode';
import { formatHost, parseConnectString } from '../zk/connectString';

/** Digest credentials, and whether the user agreed to send them unencrypted to these hosts. */
export interface Secret {
  readonly user: string;
  readonly password: string;
  readonly plainAccepted: boolean;
}

/** What a secret is saved for. */
export interface SecretOwner {
  readonly id: string;
  readonly connectString: string;
}

/**
 * Where credentials may go: the set of hosts and the TLS mode, in one canonical text. The chroot
 * doesn't count, since it is on the same servers. Undefined for a faulty connect string.
 */
export function bindingOf(connectString: string): string | undefined {
  const parsed = parseConnectString(connectString);
  if ('kind' in parsed) return undefined;
  const hosts = new Set(parsed.hosts.map((host) => formatHost(host).toLowerCase()));
  return `plain ${[...hosts].sort().join(',')}`;
}

/**
 * Credentials in SecretStorage, one entry for each connection id, bound to its hosts and TLS mode: a
 * profile that points the same id elsewhere doesn't get them. Nothing of it is ever logged.
 */
export class Secrets {
  constructor(private readonly storage: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>) {}

  /** The secret for exactly these hosts; undefined when there is none or it is bound elsewhere. */
  async load(owner: SecretOwner): Promise<Secret | undefined> {
    const entry = await this.read(owner.id);
    return entry && entry.binding === bindingOf(owner.connectString) ? entry.secret : undefined;
  }

  /** Whether this id has a secret that belongs to other hosts, to tell why we ask again. */
  async isBoundElsewhere(owner: SecretOwner): Promise<boolean> {
    const entry = await this.read(owner.id);
    return entry !== undefined && entry.binding !== bindingOf(owner.connectString);
  }

  async save(owner: SecretOwner, secret: Secret): Promise<void> {
    const { user, password, plainAccepted } = secret;
    const entry = { binding: bindingOf(owner.connectString), user, password, plainAccepted };
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
  const { binding, user, password, plainAccepted } = entry as Record<string, unknown>;
  if (typeof binding !== 'string' || typeof user !== 'string' || typeof password !== 'string') {
    return undefined;
  }
  return { binding, secret: { user, password, plainAccepted: plainAccepted === true } };
}
