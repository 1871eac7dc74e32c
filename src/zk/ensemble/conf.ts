import { messageOf } from '../../base/assert';
import { sendFourLetterWord } from '../fourLetterWords';
import { ServerCommandError } from '../serverCommandError';
import { parseConf } from '../serverConfiguration';
import type { AdminAccess } from './adminAccess';
import type { KnownServer } from './dynamicConfig';
import { exchangeOptions, type ReadOptions, WHITELIST_LINE } from './readServer';

/** The configuration that is in effect at a server, by the keys of `conf`; or why it is unknown. */
export type ReadConf =
  | { readonly kind: 'known'; readonly values: ReadonlyMap<string, string> }
  | { readonly kind: 'refused'; readonly reason: string };

/** AdminServer's names for keys of `conf`; it tells fewer of them. */
const ADMIN_NAMES: Readonly<Record<string, string>> = {
  client_port: 'clientPort',
  data_dir: 'dataDir',
  data_log_dir: 'dataLogDir',
  tick_time: 'tickTime',
  max_client_cnxns: 'maxClientCnxns',
  min_session_timeout: 'minSessionTimeout',
  max_session_timeout: 'maxSessionTimeout',
  server_id: 'serverId',
};

/** `conf`, which tells more, else AdminServer's `configuration`. */
export async function readConf(
  server: KnownServer,
  admin: AdminAccess,
  options: ReadOptions,
): Promise<ReadConf> {
  const exchange = exchangeOptions(options);
  const { host, port } = server.target;
  try {
    const conf = parseConf(await sendFourLetterWord(host, port, 'conf', exchange));
    if (conf) return { kind: 'known', values: conf.values };
    return { kind: 'refused', reason: `${server.address} does not answer conf` };
  } catch (error) {
    options.signal?.throwIfAborted();
    const answer = await admin.ask(server, 'configuration', exchange);
    if (answer) return { kind: 'known', values: valuesOf(answer) };
    const reason = ServerCommandError.is(error, 'NotWhitelisted')
      ? `conf is refused: add ${WHITELIST_LINE} to zoo.cfg`
      : messageOf(error);
    return { kind: 'refused', reason };
  }
}

function valuesOf(answer: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(ADMIN_NAMES).flatMap(([key, name]) => {
      const value = answer[key];
      return typeof value === 'string' || typeof value === 'number' ? [[name, `${value}`]] : [];
    }),
  );
}
