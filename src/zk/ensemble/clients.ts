import { messageOf } from '../../base/assert';
import type { Refusal } from '../../domain/metrics/ensembleSample';
import { parseCons } from '../connectionList';
import { sendFourLetterWord, type FourLetterWord } from '../fourLetterWords';
import { ServerCommandError } from '../serverCommandError';
import { hexOf, linesOf } from '../serverText';
import type { AdminAccess } from './adminAccess';
import type { KnownServer } from './dynamicConfig';
import { exchangeOptions, type ReadOptions, WHITELIST_LINE } from './readServer';

/** A client's session and the server that it is connected to. */
export interface ClientSession {
  readonly id: bigint;
  /** `10.0.0.7:51724` */
  readonly address: string;
  readonly server: string;
  readonly timeoutMs: number | undefined;
  readonly lastOperation: string | undefined;
  readonly queued: number | undefined;
  readonly received: number | undefined;
}

/** An answer, or why there is none. */
export type Asked<T> =
  | { readonly kind: 'known'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Lists of clients are long on busy servers. */
const MAX_BYTES = 8 * 1024 * 1024;
const MOST_SESSIONS = 50_000;

/** The sessions that are connected to a server: AdminServer's `connections`, else `cons`. */
export async function listSessions(
  server: KnownServer,
  admin: AdminAccess,
  options: ReadOptions,
): Promise<Asked<ClientSession[]>> {
  const exchange = { ...exchangeOptions(options), maxBytes: MAX_BYTES };
  const answer = await admin.ask(server, 'connections', exchange);
  if (answer) return { kind: 'known', value: readConnections(answer, server.address) };
  return askWord(server, 'cons', options, (text) =>
    parseCons(text).flatMap((connection): ClientSession[] => {
      const { sessionId: id, sessionTimeoutMs: timeoutMs, ...rest } = connection;
      const { address, lastOperation, queued, received } = rest;
      if (id === undefined) return [];
      const session = { id, address, server: server.address, timeoutMs, lastOperation, queued };
      return [{ ...session, received }];
    }),
  );
}

/** Reads AdminServer's `connections`; what can't be read is passed by. */
export function readConnections(
  answer: Readonly<Record<string, unknown>>,
  server: string,
): ClientSession[] {
  const lists = [answer['connections'], answer['secure_connections']];
  const entries = lists.flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  return entries.slice(0, MOST_SESSIONS).flatMap((entry): ClientSession[] => {
    if (typeof entry !== 'object' || entry === null) return [];
    const fields = entry as Record<string, unknown>;
    const id = longOf(fields['session_id']);
    // A connection without a session, such as one that asks a word, has the number 0.
    if (id === undefined || id === 0n) return [];
    const text = (key: string): string | undefined =>
      typeof fields[key] === 'string' ? fields[key].slice(0, 300) : undefined;
    const number = (key: string): number | undefined =>
      typeof fields[key] === 'number' ? fields[key] : undefined;
    const address = (text('remote_socket_address') ?? '?').replace(/^.*\//, '');
    return [
      {
        ...{ id, address, server },
        timeoutMs: number('session_timeout'),
        lastOperation: text('last_operation'),
        queued: number('outstanding_requests'),
        received: number('packets_received'),
      },
    ];
  });
}

/** Session ids with the paths, without chroot, of the ephemeral znodes that each owns. */
export type Ephemerals = ReadonlyMap<bigint, readonly string[]>;

/** The ephemerals of all sessions of the ensemble, which any server knows: `dump` of both kinds. */
export async function listEphemerals(
  server: KnownServer,
  admin: AdminAccess,
  options: ReadOptions,
): Promise<Asked<Ephemerals>> {
  const exchange = { ...exchangeOptions(options), maxBytes: MAX_BYTES };
  const answer = await admin.ask(server, 'dump', exchange);
  const found = answer?.['session_id_to_ephemeral_paths'];
  if (typeof found === 'object' && found !== null) {
    return { kind: 'known', value: readDump(found as Record<string, unknown>) };
  }
  return askWord(server, 'dump', options, parseDump);
}

/** Reads AdminServer's `session_id_to_ephemeral_paths`, whose keys are decimal. */
function readDump(found: Readonly<Record<string, unknown>>): Ephemerals {
  const owned = new Map<bigint, string[]>();
  for (const [key, paths] of Object.entries(found)) {
    const id = longOf(/^-?\d{1,19}$/.test(key) ? BigInt(key) : undefined);
    if (id === undefined || !Array.isArray(paths)) continue;
    owned.set(
      id,
      paths.filter((path): path is string => typeof path === 'string'),
    );
  }
  return owned;
}

/** Reads the ephemerals of the word `dump`: `0x1000…:`, then one path a line behind a tab. */
export function parseDump(text: string): Ephemerals {
  const owned = new Map<bigint, string[]>();
  let paths: string[] | undefined;
  let isListed = false;
  for (const line of linesOf(text)) {
    isListed ||= line.startsWith('Sessions with Ephemerals');
    if (!isListed) continue;
    const id = hexOf(/^(0x[0-9a-f]{1,16}):$/.exec(line)?.[1]);
    if (id !== undefined) owned.set(id, (paths = owned.get(id) ?? []));
    else if (line.startsWith('\t/')) paths?.push(line.slice(1));
  }
  return owned;
}

async function askWord<T>(
  { target, address }: KnownServer,
  word: FourLetterWord,
  options: ReadOptions,
  parse: (text: string) => T,
): Promise<Asked<T>> {
  const exchange = { ...exchangeOptions(options), maxBytes: MAX_BYTES };
  try {
    const text = await sendFourLetterWord(target.host, target.port, word, exchange);
    return { kind: 'known', value: parse(text) };
  } catch (error) {
    options.signal?.throwIfAborted();
    const isListed = ServerCommandError.is(error, 'NotWhitelisted');
    const reason = isListed ? `${address}: not in the whitelist of the server` : messageOf(error);
    const remedy = isListed ? WHITELIST_LINE : undefined;
    return { kind: 'refused', refusal: { source: word, reason, remedy } };
  }
}

function longOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return BigInt.asIntN(64, value);
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined;
}

/** Pings a second that these sessions send when they are idle: three in each session timeout. */
export function pingsOf(sessions: readonly ClientSession[]): number {
  return sessions.reduce(
    (sum, { timeoutMs }) =>
      sum + (timeoutMs === undefined || timeoutMs <= 0 ? 0 : 3000 / timeoutMs),
    0,
  );
}
