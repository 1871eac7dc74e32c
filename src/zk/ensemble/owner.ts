import type { Refusal } from '../../domain/metrics/ensembleSample';
import { type ClientSession, listEphemerals, listSessions } from './clients';
import { type ReadOptions } from './readServer';
import type { EnsembleSampler } from './sampler';

/** Who holds a session, as far as the servers tell. */
export interface Owner {
  readonly sessionId: bigint;
  /** Its connection; undefined when no server that answered has it: it may be between two. */
  readonly client: ClientSession | undefined;
  /** Without chroot; undefined when no server tells. */
  readonly ephemerals: readonly string[] | undefined;
  /** What was refused, each source once. */
  readonly refusals: readonly Refusal[];
}

/** Asks all servers for the session of that id, and one of them for what it owns. */
export async function findOwner(
  { servers, admin }: Pick<EnsembleSampler, 'servers' | 'admin'>,
  sessionId: bigint,
  options: ReadOptions,
): Promise<Owner> {
  const refusals = new Map<string, Refusal>();
  const lists = await Promise.all(servers.map((server) => listSessions(server, admin, options)));
  let client: ClientSession | undefined;
  for (const list of lists) {
    if (list.kind === 'refused') refusals.set(list.refusal.source, list.refusal);
    else client ??= list.value.find(({ id }) => id === sessionId);
  }
  // Any server that answers knows the ephemerals of all; the client's own one is sure to answer.
  const first = servers.filter(({ address }) => address === client?.server);
  for (const server of [...first, ...servers.filter((server) => !first.includes(server))]) {
    const owned = await listEphemerals(server, admin, options);
    if (owned.kind === 'known') {
      const ephemerals = owned.value.get(sessionId) ?? [];
      return { sessionId, client, ephemerals, refusals: [...refusals.values()] };
    }
    refusals.set(owned.refusal.source, owned.refusal);
  }
  return { sessionId, client, ephemerals: undefined, refusals: [...refusals.values()] };
}
