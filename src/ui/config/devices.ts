import { stat } from 'node:fs/promises';
import { cfgValue, parseZooCfg } from '../../domain/config/zooCfgParse';

/**
 * Whether data and log of a `zoo.cfg` lie on one device here; undefined where that is not known,
 * such as for folders that another machine has. Only plain absolute paths are looked at: others
 * could name a host.
 */
export async function isOneDevice(text: string): Promise<boolean | undefined> {
  const cfg = parseZooCfg(text);
  const [data, log] = await Promise.all(
    ['dataDir', 'dataLogDir'].map((key) => deviceOf(cfgValue(cfg, key) ?? '')),
  );
  return data === undefined || log === undefined ? undefined : data === log;
}

async function deviceOf(path: string): Promise<number | undefined> {
  if (process.platform === 'win32' || !/^\/(?!\/)/.test(path)) return undefined;
  return stat(path).then(
    ({ dev }) => dev,
    () => undefined,
  );
}
