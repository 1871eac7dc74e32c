import { movement, movementByServer } from '../domain/placement/movement';
import type { Placement, Server } from '../domain/placement/types';
import type { ReportOptions } from './balanceCommand';
import { readKeys } from './keys';
import { ByteWriter, write } from './output';

interface KeyCount {
  readonly keys: number;
  readonly movedKeys: number;
}

/**
 * Prints what moves between two lists of servers: with keys, first each key that moves with its
 * servers before and after, separated by tabs, and an empty line.
 */
export async function printMovement(
  before: Placement,
  after: Placement,
  options: ReportOptions,
): Promise<number> {
  const { keys: path, json } = options;
  const keyCount = path === undefined ? undefined : await moveKeys(before, after, path, options);
  const all = movement(before, after);
  const { moved, error } = all;
  const servers = movementByServer(before, after, all);
  if (json) {
    const report = { preset: before.preset.id, options: before.options, moved, error, ...keyCount };
    await write(`${JSON.stringify({ ...report, servers }, null, 2)}\n`);
    return 0;
  }
  const lines = [
    error > 0 ? `moved\t${moved.toFixed(6)}\t+-${error.toFixed(6)}` : `moved\t${moved.toFixed(6)}`,
    ...(keyCount ? [`moved keys\t${keyCount.movedKeys}\tof ${keyCount.keys}`] : []),
    'server\tgains\tloses',
    ...servers.map((row) => `${row.address}\t${row.gains.toFixed(6)}\t${row.loses.toFixed(6)}`),
  ];
  await write(`${keyCount ? '\n' : ''}${lines.join('\n')}\n`);
  return 0;
}

async function moveKeys(
  before: Placement,
  after: Placement,
  path: string,
  { encoding, json }: ReportOptions,
): Promise<KeyCount> {
  const out = new ByteWriter();
  const isSame = sameServer(before.servers, after.servers);
  let keys = 0;
  let movedKeys = 0;
  await readKeys(path, encoding, {
    onKey: (line, key) => {
      keys++;
      const [from, to] = [before.servers[before.ownerOf(key)], after.servers[after.ownerOf(key)]];
      if (isSame(from, to)) return;
      movedKeys++;
      if (json) return;
      out.append(line);
      out.append(Buffer.from(`\t${from?.address ?? ''}\t${to?.address ?? ''}\n`));
    },
    afterChunk: () => out.flush(),
  });
  return { keys, movedKeys };
}

/** As `movement` has it: the same address or else, when neither address stayed, the same name. */
function sameServer(
  before: readonly Server[],
  after: readonly Server[],
): (from: Server | undefined, to: Server | undefined) => boolean {
  const earlier = new Set(before.map(({ address }) => address));
  const later = new Set(after.map(({ address }) => address));
  return (from, to) => {
    if (from === undefined || to === undefined || from.address === to.address) {
      return from?.address === to?.address;
    }
    if (from.name === undefined || from.name !== to.name) return false;
    return !later.has(from.address) && !earlier.has(to.address);
  };
}
