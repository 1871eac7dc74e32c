import { messageOf } from '../../base/assert';
import type { Logger } from '../../base/logger';
import type { EnsembleSample } from '../../domain/metrics/ensembleSample';
import type { VoteRule } from '../../domain/metrics/voteGroups';
import type { ZkReader } from '../client';
import { formatHost, type HostPort } from '../connectString';
import { ZkError } from '../errors';
import { sendFourLetterWord } from '../fourLetterWords';
import { ServerCommandError } from '../serverCommandError';
import type { Reach } from '../sessions';
import type { AdminAccess } from './adminAccess';
import { readConf } from './conf';
import {
  type ConfiguredMember,
  type KnownServer,
  knownServers,
  parseDynamicConfig,
} from './dynamicConfig';
import { exchangeOptions, type ReadOptions } from './readServer';

export interface MembersOptions {
  readonly client: Pick<ZkReader, 'getConfig' | 'state'>;
  readonly reach: Reach;
  readonly admin: AdminAccess;
  readonly logger: Logger;
  readonly now: () => number;
}

const TIMEOUT_MS = 3_000;
/** Members may change, though seldom. */
const AGE_MS = 30_000;

/** The servers of an ensemble, by `/zookeeper/config` and by what the user connects to. */
export class Members {
  private configured: readonly ConfiguredMember[] = [];
  private votesBy: VoteRule | undefined;
  /** Whether only the names of the connect string lead to members. */
  private isConnectString = false;
  /** Members' own addresses that did not answer, while another one did. */
  private readonly hidden = new Set<string>();
  private foundAt = -Infinity;
  /** Counts what was forgotten, which a reading that is on its way must not undo. */
  private forgotten = 0;

  constructor(private readonly options: MembersOptions) {}

  get servers(): readonly KnownServer[] {
    if (this.isConnectString) return this.connectedBy;
    const { connectString, tls, addressMap } = this.options.reach;
    return knownServers(connectString, this.configured, { isTls: tls !== undefined, addressMap });
  }

  /** Those of the connect string alone. */
  get connectedBy(): readonly KnownServer[] {
    return knownServers(this.options.reach.connectString, []);
  }

  /** Whether the members of a dynamic configuration are asked. */
  get areConfigured(): boolean {
    return this.configured.length > 0 && !this.isConnectString;
  }

  /** How many there are and how their votes count, where they don't count alike. */
  get counts(): Pick<EnsembleSample, 'configured' | 'votes'> {
    const { configured, votesBy: votes } = this;
    if (configured.length === 0 || votes === 'unreadable') return { votes };
    const voters = configured.filter(({ isVoter }) => isVoter).length;
    return { configured: { voters, observers: configured.length - voters }, votes };
  }

  /** Reads the configuration if it is old; without a connection the last one stays. */
  async find(options: ReadOptions): Promise<void> {
    const { client, logger, now } = this.options;
    if (client.state.kind !== 'connected' || now() - this.foundAt < AGE_MS) return;
    const { forgotten } = this;
    try {
      const timeout = AbortSignal.timeout(TIMEOUT_MS);
      const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
      const { data } = await client.getConfig({ signal });
      const { members, votes } = parseDynamicConfig(new TextDecoder().decode(data));
      this.configured = await this.renamed(members, options);
      this.isConnectString = false;
      this.votesBy = votes;
    } catch (error) {
      // Before 3.5 there is none, and an access list may hide it; no answer says nothing of either.
      logger.debug(`/zookeeper/config: ${messageOf(error)}`);
      if (!(error instanceof ZkError && error.serverCode !== undefined)) return;
    }
    if (forgotten === this.forgotten) this.foundAt = now();
  }

  /** Reads the configuration anew the next time. */
  forget(): void {
    this.forgotten++;
    this.hidden.clear();
    this.foundAt = -Infinity;
  }

  /** Asks only those, until the configuration is read again. */
  useConnectString(): void {
    this.isConnectString = true;
  }

  /**
   * Members by the names that the user connects by, where those are others (containers, tunnels): the
   * servers tell by `conf` which member they are. One name may stand for several servers (a load
   * balancer), so that where fewer are named than there are, a member that answers to its own stays.
   */
  private async renamed(
    members: readonly ConfiguredMember[],
    options: ReadOptions,
  ): Promise<ConfiguredMember[]> {
    if (members.length === 0) return [];
    const { addressMap } = this.options.reach;
    const { connectedBy } = this;
    const own = members.flatMap(({ client }) => (client ? [formatHost(client)] : []));
    const strange = connectedBy.filter(
      ({ address }) => !own.includes(address) && addressMap?.[address] === undefined,
    );
    const clients = new Map<number, HostPort>();
    await Promise.all(
      strange.map(async (server) => {
        const conf = await readConf(server, this.options.admin, options);
        const id = conf.kind === 'known' ? Number(conf.values.get('serverId')) : NaN;
        const member = members.find((one) => one.id === id);
        if (member === undefined || clients.has(id)) return;
        if (connectedBy.length < members.length && (await this.answers(member, options))) return;
        clients.set(id, server.target);
      }),
    );
    return members.map((member) => ({
      ...member,
      client: clients.get(member.id) ?? member.client,
    }));
  }

  /** Whether a member can be reached by its own name; one that can't is not asked again. */
  private async answers({ client }: ConfiguredMember, options: ReadOptions): Promise<boolean> {
    if (client === undefined || this.hidden.has(formatHost(client))) return false;
    const { host, port } = client;
    const isThere = await sendFourLetterWord(host, port, 'srvr', exchangeOptions(options)).then(
      () => true,
      (error: unknown) => ServerCommandError.is(error, 'NotServing'),
    );
    options.signal?.throwIfAborted();
    if (!isThere) this.hidden.add(formatHost(client));
    return isThere;
  }
}
