import { csv } from '../../domain/ring/csv';
import { fairShares } from '../../domain/placement/balance';
import { movement, movementByServer } from '../../domain/placement/movement';
import type { Placement } from '../../domain/placement/types';
import { encodeUtf8 } from '../../domain/textCoding';

/** All keys of a source, by index. */
export interface KeyAccess {
  readonly total: number;
  readonly keyAt: (index: number) => string;
}

/** What an export is made of. */
export interface ExportInput {
  readonly now: Placement;
  readonly after: Placement | undefined;
  readonly keys: KeyAccess;
  readonly replicas?: number | undefined;
  readonly distinctZones?: boolean | undefined;
}

export type ExportFormat = 'csv' | 'json';

/** Called between two parts of the work, so that others get their turn; throws to stop it. */
export type Pause = () => Promise<void>;

const CHUNK = 5_000;

/** Where keys are or, without keys, what the servers have. */
export async function placementText(
  input: ExportInput,
  format: ExportFormat,
  pause: Pause,
): Promise<string> {
  const { now, keys } = input;
  const [shares, fair] = [now.shares(), fairShares(now)];
  const servers = now.servers.map(({ address, weight = 1, zone = '' }, i) => ({
    address,
    weight,
    zone,
    share: shares[i] ?? 0,
    fair: fair[i] ?? 0,
  }));
  if (keys.total === 0 && format === 'csv') return tableOf(servers);
  const rows = rowsOf(keys, pause, (key) => {
    const bytes = encodeUtf8(key);
    const replicas = replicasOf(input, bytes).join(' ');
    return { key, server: addressOf(now, now.ownerOf(bytes)), replicas };
  });
  return textOf({ preset: now.preset.id, options: now.options, servers }, 'keys', rows, format);
}

/**
 * What the what-if moves: keys with their servers before and after, or without keys what servers gain
 * and lose. The JSON has the numbers of `zkw move --json`, and the keys that move besides.
 */
export async function movesText(
  { now, after, keys }: ExportInput & { readonly after: Placement },
  format: ExportFormat,
  pause: Pause,
): Promise<string> {
  const all = movement(now, after);
  const { moved, error } = all;
  const servers = movementByServer(now, after, all);
  if (keys.total === 0 && format === 'csv') return tableOf(servers);
  const rows = rowsOf(keys, pause, (key) => {
    const bytes = encodeUtf8(key);
    const from = addressOf(now, now.ownerOf(bytes));
    const to = addressOf(after, after.ownerOf(bytes));
    return from === to ? undefined : { key, from, to };
  });
  const head = { preset: now.preset.id, options: now.options, moved, error, servers };
  return textOf({ ...head, keys: keys.total }, 'movedKeys', rows, format);
}

type Row = Readonly<Record<string, string | number>>;

/** One row for each key, or none, a piece at a time. */
async function* rowsOf(
  { total, keyAt }: KeyAccess,
  pause: Pause,
  rowOf: (key: string) => Row | undefined,
): AsyncGenerator<Row[], void> {
  for (let begin = 0; begin < total; begin += CHUNK) {
    const rows: Row[] = [];
    for (let i = begin; i < Math.min(total, begin + CHUNK); i++) {
      const row = rowOf(keyAt(i));
      if (row) rows.push(row);
    }
    yield rows;
    await pause();
  }
}

async function textOf(
  head: object,
  name: string,
  rows: AsyncIterable<Row[]>,
  format: ExportFormat,
): Promise<string> {
  const parts: string[] = [];
  for await (const chunk of rows) {
    for (const row of chunk) {
      if (format === 'json') parts.push(`    ${JSON.stringify(row)}`);
      else {
        if (parts.length === 0) parts.push(csv([Object.keys(row)]));
        parts.push(csv([Object.values(row)]));
      }
    }
  }
  if (format === 'csv') return parts.join('');
  const before = JSON.stringify(head, null, 2).slice(0, -2);
  const list = parts.length === 0 ? '[]' : `[\n${parts.join(',\n')}\n  ]`;
  return `${before},\n  "${name}": ${list}\n}\n`;
}

function tableOf(rows: readonly Row[]): string {
  return csv([Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]);
}

function replicasOf({ now, replicas = 1, distinctZones }: ExportInput, key: Uint8Array): string[] {
  if (replicas <= 1) return [];
  return now.fallbacks(key, replicas - 1, distinctZones).map((server) => addressOf(now, server));
}

const addressOf = ({ servers }: Placement, index: number): string => servers[index]?.address ?? '';
