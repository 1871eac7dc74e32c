import { messageOf } from '../../base/assert';
import { readAdminCommand, type AdminCommand, type AdminServer } from '../adminServer';
import { readMonitor, type ServerMetrics } from '../metrics';
import { ServerCommandError, type ServerCommandErrorCode } from '../serverCommandError';
import type { ServerCommandOptions } from '../serverExchange';
import type { KnownServer } from './dynamicConfig';

/** How many samples pass before an AdminServer that did not answer is tried again. */
const RETRY_AFTER = 12;

/** These are of one answer: the AdminServer is there, and is asked again the next time. */
const OF_ONE_ANSWER: readonly ServerCommandErrorCode[] = [
  'NotServing',
  'TooLarge',
  'Unsupported',
  'Refused',
];
/** Their lists are long on busy servers: that one is late says nothing of the others. */
const LONG: readonly AdminCommand[] = ['connections', 'dump'];

const isOfOneAnswer = (error: unknown, command: AdminCommand): boolean =>
  error instanceof ServerCommandError &&
  (OF_ONE_ANSWER.includes(error.code) || (error.code === 'Timeout' && LONG.includes(command)));

interface Access {
  readonly isUsable: boolean;
  readonly problem: string | undefined;
  /** Where it was asked. */
  readonly port: number;
  /** It speaks HTTPS, whatever the client port speaks. */
  readonly secure: boolean;
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

  /**
   * What `monitor` says, and when, in the middle of that exchange alone; undefined where there is no
   * AdminServer of this server.
   */
  async monitor(
    server: KnownServer,
    options: ServerCommandOptions,
    now: () => number,
  ): Promise<{ readonly metrics: ServerMetrics; readonly at: number } | undefined> {
    let start = now();
    const answer = await this.ask(server, 'monitor', options, () => (start = now()));
    return answer && { metrics: readMonitor(answer), at: (start + now()) / 2 };
  }

  /**
   * Any reading command; undefined where there is no AdminServer of this server, or no answer.
   * @param begins called when it is known whom to ask
   */
  async ask(
    server: KnownServer,
    command: AdminCommand,
    options: ServerCommandOptions,
    begins: () => void = () => {},
  ): Promise<Record<string, unknown> | undefined> {
    const port = this.port();
    const known = this.known.get(server.address);
    const access = known?.port === port ? known : undefined;
    if (access && !access.isUsable && access.wait-- > 0) return undefined;
    let admin: AdminServer = { host: server.target.host, port, secure: access?.secure ?? false };
    let isOwn = access?.isUsable === true;
    try {
      if (!isOwn) admin = await this.ownOf(server, admin, options);
      isOwn = true;
      begins();
      const answer = await readAdminCommand(admin, command, options);
      this.note(server, admin);
      return answer;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (isOwn && isOfOneAnswer(error, command)) this.note(server, admin);
      else this.note(server, { ...admin, secure: false }, messageOf(error));
      return undefined;
    }
  }

  /** Whether there is one, which answered before. */
  has({ address }: KnownServer): boolean {
    return this.known.get(address)?.isUsable === true;
  }

  /** Why there is none. */
  problemOf({ address }: KnownServer): string | undefined {
    return this.known.get(address)?.problem;
  }

  /** Asks again whom it belongs to, the next time. */
  doubt({ address }: KnownServer): void {
    const access = this.known.get(address);
    if (access?.isUsable) this.known.delete(address);
  }

  /** Tries all again, the next time: something was changed. */
  forget(): void {
    this.known.clear();
  }

  private note({ address }: KnownServer, { port, secure }: AdminServer, problem?: string): void {
    const isUsable = problem === undefined;
    const wait = isUsable ? 0 : RETRY_AFTER;
    this.known.set(address, { isUsable, problem, port, secure: secure ?? false, wait });
  }

  /** The AdminServer with the protocol that it speaks; rejects when it is another server's. */
  private async ownOf(
    { id, target: client, ownPort = client.port, address }: KnownServer,
    { host, port }: AdminServer,
    options: ServerCommandOptions,
  ): Promise<AdminServer> {
    let admin = { host, port, secure: false };
    const ask = () => readAdminCommand(admin, 'configuration', options);
    const answer = await ask().catch((error: unknown) => {
      if (!ServerCommandError.is(error, 'SpeaksTls')) throw error;
      admin = { ...admin, secure: true };
      return ask();
    });
    const ports = [answer['client_port'], answer['secure_client_port']].map(Number);
    const isNumbered = id !== undefined && id > 0;
    const isOwn = ports.includes(ownPort) && (!isNumbered || Number(answer['server_id']) === id);
    if (isOwn) return admin;
    throw new Error(`the AdminServer on port ${port} belongs to another server than ${address}`);
  }
}
