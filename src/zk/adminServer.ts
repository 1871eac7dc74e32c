import { get, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { messageOf } from '../base/assert';
import { formatHost, type HostPort } from './connectString';
import { parseExactJson } from './exactJson';
import { ServerCommandError } from './serverCommandError';
import { collect, exchange, lost, type ServerCommandOptions } from './serverExchange';
import { excerpt } from './serverText';

/**
 * The commands that only read (`Commands.java` of 3.5 to 3.9). Never sent, beside those that change
 * the server (`stat_reset`, `set_trace_mask`, `restore`, …): `watches` and `watches_by_path`, which
 * can stall it, `snapshot`, which writes, `system_properties` and `initial_configuration`, which
 * show the passwords of key stores.
 */
export const ADMIN_COMMANDS = [
  'configuration',
  'connections',
  'dirs',
  'dump',
  'environment',
  'hash',
  'is_read_only',
  'last_snapshot',
  'leader',
  'monitor',
  'observers',
  'ruok',
  'server_stats',
  'stats',
  'voting_view',
  'watch_summary',
  'zabstate',
] as const;

export type AdminCommand = (typeof ADMIN_COMMANDS)[number];

export function isAdminCommand(text: string): text is AdminCommand {
  return (ADMIN_COMMANDS as readonly string[]).includes(text);
}

/** `admin.serverPort` when a server's configuration says nothing. */
export const DEFAULT_ADMIN_PORT = 8080;

export interface AdminServer extends HostPort {
  /** HTTPS; `tls` of the options says whom to trust. Undefined where only trying tells. */
  readonly secure?: boolean | undefined;
}

/**
 * Runs a reading command of a server's AdminServer (3.5 and later) at the default URL, `/commands`.
 * Redirects aren't followed, proxies aren't used.
 *
 * @returns the JSON object, with `command` and `error: null`, see `parseExactJson` for its values
 * @throws ServerCommandError, or the reason of the aborted signal
 */
export async function readAdminCommand(
  server: AdminServer,
  command: AdminCommand,
  options: ServerCommandOptions = {},
): Promise<Record<string, unknown>> {
  if (!isAdminCommand(command)) {
    const message = `${JSON.stringify(command)} is not an AdminServer command that only reads`;
    throw new ServerCommandError('Forbidden', message);
  }
  try {
    return await readOver({ ...server, secure: server.secure ?? false }, command, options);
  } catch (error) {
    if (server.secure !== undefined || !ServerCommandError.is(error, 'SpeaksTls')) throw error;
    return readOver({ ...server, secure: true }, command, options);
  }
}

async function readOver(
  { host, port, secure }: HostPort & { readonly secure: boolean },
  command: AdminCommand,
  { tls, ...options }: ServerCommandOptions,
): Promise<Record<string, unknown>> {
  const server = { host, port };
  const reply = await exchange(
    server,
    secure ? { ...options, tls: tls ?? {} } : options,
    (socket) => ask(socket, server, command, options.maxBytes),
  ).catch((error: unknown) => {
    throw secure ? problemOfHttps(error, tls !== undefined, formatHost(server)) : error;
  });
  return answerOf(reply, formatHost(server));
}

/** Of a certificate that isn't trusted, most often: the AdminServer's may differ from the others. */
function problemOfHttps(error: unknown, isTls: boolean, server: string): unknown {
  if (!ServerCommandError.is(error, 'ConnectionFailed')) return error;
  const trust = isTls
    ? 'Its certificate is checked by the TLS options of the connection'
    : 'The connection has no TLS options, so its certificate is checked by what VS Code trusts';
  const reason = messageOf(error.cause);
  const message = `${server} speaks HTTPS, but gives no secure connection: ${reason}. ${trust}.`;
  return new ServerCommandError('ConnectionFailed', message, { cause: error });
}

export interface HttpReply {
  readonly status: number;
  readonly body: string;
}

async function ask(
  socket: Socket,
  { host, port }: HostPort,
  command: AdminCommand,
  maxBytes: number | undefined,
): Promise<HttpReply> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = get(
      {
        createConnection: () => socket,
        host,
        port,
        path: `/commands/${command}`,
        headers: { accept: 'application/json', connection: 'close' },
      },
      resolve,
    );
    request.on('error', (cause) => reject(problemOfHttp(cause, formatHost({ host, port }))));
  });
  const body = await collect(response, maxBytes);
  // Without a length, HTTP takes a reset for the end of the answer.
  if (socket.errored) throw lost(socket.errored);
  return { status: response.statusCode ?? 0, body: body.toString('utf8') };
}

/** A TLS alert (RFC 8446 §5.1), which is how a port that only speaks TLS answers plain text. */
const isTlsAlert = (bytes: unknown): boolean =>
  bytes instanceof Uint8Array && bytes[0] === 0x15 && bytes[1] === 0x03;

function problemOfHttp(
  cause: NodeJS.ErrnoException & { readonly rawPacket?: unknown },
  server: string,
): ServerCommandError {
  if (isTlsAlert(cause.rawPacket)) {
    const message = `${server} speaks HTTPS, not HTTP`;
    return new ServerCommandError('SpeaksTls', message, { cause });
  }
  if (cause.code?.startsWith('HPE_') === true) {
    const message = `${server} does not speak HTTP: ${cause.message}`;
    return new ServerCommandError('UnexpectedAnswer', message, { cause });
  }
  const message = `${server} closed the connection without an answer; is it an AdminServer?`;
  return new ServerCommandError('NoAnswer', message, { cause });
}

/** Takes an AdminServer's answer; throws a ServerCommandError for all that isn't a success. */
export function answerOf({ status, body }: HttpReply, server: string): Record<string, unknown> {
  if (status >= 300 && status < 400) {
    const message = `${server} redirects (HTTP ${status}), perhaps to HTTPS; that is not followed`;
    throw new ServerCommandError('UnexpectedAnswer', message);
  }
  const answer = jsonOf(body, status, server);
  const { error } = answer;
  if (status < 300 && (error === null || error === undefined)) return answer;
  const reason = typeof error === 'string' ? excerpt(error) : `HTTP ${status}`;
  const message = `${server} answers: ${reason}`;
  if (reason.includes('not currently serving requests')) {
    throw new ServerCommandError('NotServing', message);
  }
  if (reason.startsWith('Unknown command')) throw new ServerCommandError('Unsupported', message);
  throw new ServerCommandError('Refused', message);
}

/** Every answer is an object that names its command. */
function jsonOf(body: string, status: number, server: string): Record<string, unknown> {
  let cause: unknown;
  try {
    const answer = parseExactJson(body) as Record<string, unknown> | null;
    if (typeof answer?.['command'] === 'string') return answer;
  } catch (error) {
    cause = error;
  }
  const what = cause === undefined ? 'other JSON' : messageOf(cause);
  const message = `${server} is not an AdminServer (HTTP ${status}): ${excerpt(what)}`;
  throw new ServerCommandError('UnexpectedAnswer', message, { cause });
}
