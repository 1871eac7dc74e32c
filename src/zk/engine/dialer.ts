import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostPort } from '../connectString';
import { dial, type DialOptions } from './dial';
import { backoffMs, Hosts } from './hosts';
import type { Link } from './link';
import { searchReadWrite } from './readWriteSearch';
import type { SessionSettings } from './settings';

/** A connection that lasted that long was a success: the next one is tried without delay. */
const STABLE_MS = 2_000;
/** The share of the session timeout that one wait may take while there is a session to save. */
const PATIENCE = 1 / 6;

/** Chooses the next server, waits between attempts, and opens connections. */
export class Dialer {
  /** Attempts since the last good connection. */
  failures = 0;
  private readonly hosts: Hosts;

  constructor(
    private readonly settings: SessionSettings,
    private readonly stop: AbortSignal,
  ) {
    this.hosts = new Hosts(settings.hosts);
  }

  next(): HostPort {
    return this.hosts.next();
  }

  /** @param remainingMs how long the session may live without a connection */
  async open(host: HostPort, remainingMs: number): Promise<Socket> {
    const pause = backoffMs(this.failures, this.hosts.size, remainingMs * PATIENCE);
    this.failures++;
    if (pause > 0) await sleep(pause, undefined, { signal: this.stop });
    return dial(host, this.dialOptions(this.stop));
  }

  /** To be told how long a connection that had been greeted lasted. */
  lasted(ms: number): void {
    if (ms >= STABLE_MS) this.failures = 0;
  }

  /** Leaves a read-only server as soon as there is one that takes writes. */
  async leaveReadOnly(link: Link): Promise<void> {
    const over = new AbortController();
    void link.ended.then(() => over.abort());
    const found = searchReadWrite(this.settings.hosts, this.dialOptions(over.signal));
    await found.then(
      (host) => {
        this.hosts.prefer(host);
        this.failures = 0;
        link.connection.close(new Error('a server that takes writes was found'));
      },
      () => {},
    );
  }

  private dialOptions(signal: AbortSignal): DialOptions {
    const { connectTimeoutMs, tls, addressMap } = this.settings;
    return {
      timeoutMs: connectTimeoutMs,
      signal,
      ...(tls && { tls }),
      ...(addressMap && { addressMap }),
    };
  }
}
