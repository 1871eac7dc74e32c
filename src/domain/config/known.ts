import { parseServerLine, serverId } from './serverLine';
import type { KnownServers } from './servers';
import type { ZooCfg } from './zooCfgParse';

/**
 * The servers that `zoo.cfg` and its dynamic file name. Lines that ZooKeeper would refuse are left
 * out; of a server that both name, the later file counts.
 */
export function knownServers(...files: readonly ZooCfg[]): KnownServers {
  return new Map(
    files
      .flatMap(({ values }) => [...values])
      .flatMap(([key, { value: text }]) => {
        const id = serverId(key);
        const line = parseServerLine(text);
        return id === undefined || line === undefined ? [] : [[id, { line, text }] as const];
      }),
  );
}
