import { messageOf } from '../../base/assert';
import type { Logger } from '../../base/logger';
import type { VoteRule } from '../../domain/metrics/voteGroups';
import type { ZkReader } from '../client';
import { formatHost, type HostPort } from '../connectString';
import { ZkError } from '../errors';
import type { Reach } from '../sessions';
import type { AdminAccess } from './adminAccess';
import { readConf } from './conf';
import {
  type ConfiguredMember,
  type KnownServer,
  knownServers,
  parseDynamicConfig,
} from './dynamicConfig';
import type { ReadOptions } from './readServer';

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
  private counted: VoteRule | undefined;
  private foundAt = -Infinity;
  /** Counts what was forgotten, which a reading that is on its way must not undo. */
  private forgotten = 0;

  constructor(private readonly options: MembersOptions) {}

  get servers(): readonly KnownServer[] {
    const { connectString, tls, addressMap } = this.options.reach;
    return knownServers(connectString, this.configured, { isTls: tls !== undefined, addressMap });
  }

  /** Those of the connect string alone. */
  get connectedBy(): readonly KnownServer[] {
    return knownServers(this.options.reach.connectString, []);
  }

  /** Whether there is a dynamic configuration. */
  get areConfigured(): boolean {
    return this.configured.length > 0;
  }

  /** How votes count, where the configuration says that they don't count alike. */
  get votes(): VoteRule | undefined {
    return this.counted;
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
      this.counted = votes;
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
    this.foundAt = -Infinity;
  }

  /** Leaves the configuration alone until it is read again. */
  useConnectString(): void {
    this.configured = [];
  }

  /**
   * Members by the names that the user connects by, where those are others (containers, tunnels): the
   * servers tell by `conf` which member they are.
   */
  private async renamed(
    members: readonly ConfiguredMember[],
    options: ReadOptions,
  ): Promise<ConfiguredMember[]> {
    if (members.length === 0) return [];
    const { addressMap } = this.options.reach;
    const own = members.flatMap(({ client }) => (client ? [formatHost(client)] : []));
    const strange = this.connectedBy.filter(
      ({ address }) => !own.includes(address) && addressMap?.[address] === undefined,
    );
    const clients = new Map<number, HostPort>();
    await Promise.all(
      strange.map(async (server) => {
        const conf = await readConf(server, this.options.admin, options);
        const id = conf.kind === 'known' ? Number(conf.values.get('serverId')) : NaN;
        if (!clients.has(id)) clients.set(id, server.target);
      }),
    );
    return members.map((member) => ({
      ...member,
      client: clients.get(member.id) ?? member.client,
    }));
  }
}
