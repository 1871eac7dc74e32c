import { messageOf } from '../../base/assert';
import { readAdminCommand, type AdminCommand } from '../adminServer';
import { readMonitor, type ServerMetrics } from '../metrics';
import type { ServerCommandOptions } from '../serverExchange';
import type { KnownServer } from './dynamicConfig';

/** How many samples pass before an AdminServer that did not answer is tried again. */
const RETRY_AFTER = 12;

interface Access {
  readonly isUsable: boolean;
  readonly problem: string | undefined;
  /** Samples until it is tried again. */
  wait: number;
}

/**
 * The AdminServers of an ensemble. One answers for one server, but several servers of one machine
 * share a port number, and two ensembles count their servers alike, so that each is first asked
 * whom it belongs to, by its number and its client port.
 */
export class AdminAccess {
  private readonly known = new Map<string, Access>();

  constructor(private readonly port: () => number) {}

  /** What `monitor` says; undefined where there is no AdminServer of this server. */
  async monitor(
    server: KnownServer,
    options: ServerCommandOptions,
  ): Promise<ServerMetrics | undefined> {
    const answer = await this.ask(server, 'monitor', options);
    return answer && readMonitor(answer);
  }

  /** Any reading command; undefined where there is no AdminServer of this server. */
  async ask(
    server: KnownServer,
    command: AdminCommand,
    options: ServerCommandOptions,
  ): Promise<Record<string, unknown> | undefined> {
    const access = this.known.get(server.address);
    if (access && !access.isUsable && access.wait-- > 0) return undefined;
    const target = { host: server.target.host, port: this.port() };
    // It speaks HTTP, whatever the client port speaks.
    const plain = { ...options };
    delete plain.tls;
    try {
      if (!access?.isUsable) await this.assertOwn(server, target, plain);
      const answer = await readAdminCommand(target, command, plain);
      this.known.set(server.address, { isUsable: true, problem: undefined, wait: 0 });
      return answer;
    } catch (error) {
      options.signal?.throwIfAborted();
      const problem = messageOf(error);
      this.known.set(server.address, { isUsable: false, problem, wait: RETRY_AFTER });
      return undefined;
    }
  }

  /** Why there is none. */
  problemOf({ address }: KnownServer): string | undefined {
    return this.known.get(address)?.problem;
  }

  private async assertOwn(
    { id, target: client, ownPort = client.port, address }: KnownServer,
    target: { readonly host: string; readonly port: number },
    options: ServerCommandOptions,
  ): Promise<void> {
    const answer = await readAdminCommand(target, 'configuration', options);
    const ports = [answer['client_port'], answer['secure_client_port']].map(Number);
    const isNumbered = id !== undefined && id > 0;
    const isOwn = ports.includes(ownPort) && (!isNumbered || Number(answer['server_id']) === id);
    if (!isOwn) {
      throw new Error(
        `the AdminServer on port ${target.port} belongs to another server than ${address}`,
      );
    }
  }
}
