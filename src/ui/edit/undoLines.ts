import type { AclEntry } from '../../domain/znode/acl';
import { parsePath, type ZPath } from '../../domain/znode/path';
import type { ZnodeStat } from '../../domain/znode/stat';
import type { Change, ChangeKind, LeftZnode, LostMode, LostZnode } from '../../zk/edit/undo';

/**
 * The lines of an undo file, one JSON value each, with short keys because there is one per znode:
 * the head, then in any order `lost`, `left` and `spared` znodes, then the end. An ACL is a line of
 * its own where it first occurs; znodes refer to it by its number.
 */
const FORMAT = 1;

export const END_LINE = '{"end":1}\n';

export interface Head extends Change {
  readonly time: number;
}

export function headLine(head: Head): string {
  return line({ format: FORMAT, ...head });
}

/** Numbers the ACLs of a file: writes each one once. */
export class LineWriter {
  private readonly acls = new Map<string, number>();

  lost({ path, data, acl, mode, stat }: LostZnode): string {
    const known = acl === undefined ? undefined : JSON.stringify(acl);
    let number = known === undefined ? undefined : this.acls.get(known);
    let definition = '';
    if (known !== undefined && number === undefined) {
      number = this.acls.size;
      this.acls.set(known, number);
      definition = `{"acl":${known}}\n`;
    }
    return (
      definition +
      line({
        p: path,
        d: Buffer.from(data.buffer, data.byteOffset, data.length).toString('base64'),
        ...(number !== undefined && { a: number }),
        ...(mode.kind !== 'lasting' && { m: mode }),
        s: STAT_KEYS.map((key) => stat[key]),
      })
    );
  }

  left({ path, czxid, version, aversion }: LeftZnode): string {
    return line({ l: path, z: czxid, v: version, ...(aversion !== undefined && { w: aversion }) });
  }

  spared(path: ZPath): string {
    return line({ k: path });
  }
}

export interface Lines {
  readonly lost: LostZnode[];
  readonly left: LeftZnode[];
  readonly isComplete: boolean;
}

/** Reads the lines after the head; undefined when any but a last, torn one makes no sense. */
export function readLines(lines: readonly string[]): Lines | undefined {
  const acls: AclEntry[][] = [];
  const lost = new Map<ZPath, LostZnode>();
  const left = new Map<ZPath, LeftZnode>();
  let isComplete = false;
  for (const [index, text] of lines.entries()) {
    if (text === '') continue;
    const value = parseObject(text);
    if (!value) {
      if (index === lines.length - 1) break;
      return undefined;
    }
    if ('acl' in value) acls.push(value['acl'] as AclEntry[]);
    else if ('end' in value) isComplete = true;
    else {
      const path = pathOf(value['p'] ?? value['l'] ?? value['k']);
      if (path === undefined) return undefined;
      if ('k' in value) {
        lost.delete(path);
        left.delete(path);
      } else if ('l' in value) left.set(path, leftOf(path, value));
      else {
        const znode = lostOf(path, value, acls);
        if (!znode) return undefined;
        lost.set(path, znode);
      }
    }
  }
  return { lost: [...lost.values()], left: [...left.values()], isComplete };
}

/** Undefined when the line is no head that we wrote. */
export function parseHead(text: string): Head | undefined {
  const value = parseObject(text);
  if (value?.['format'] !== FORMAT) return undefined;
  const { time, connectionId, connectionName, kind, paths } = value;
  if (typeof time !== 'number' || !Array.isArray(paths)) return undefined;
  if (typeof connectionId !== 'string' || typeof connectionName !== 'string') return undefined;
  const parsed = paths.flatMap((path) => pathOf(path) ?? []);
  return { time, connectionId, connectionName, kind: kind as ChangeKind, paths: parsed };
}

const STAT_KEYS = [
  ...(['czxid', 'mzxid', 'pzxid', 'ephemeralOwner'] as const),
  ...(['ctime', 'mtime', 'version', 'cversion'] as const),
  ...(['aversion', 'dataLength', 'numChildren'] as const),
];
const BIGINTS = 4;

function lostOf(
  path: ZPath,
  { d, a, m, s }: Record<string, unknown>,
  acls: readonly AclEntry[][],
): LostZnode | undefined {
  if (typeof d !== 'string' || !Array.isArray(s) || s.length !== STAT_KEYS.length) return undefined;
  const acl = typeof a === 'number' ? acls[a] : undefined;
  if (a !== undefined && acl === undefined) return undefined;
  const stat = Object.fromEntries(
    STAT_KEYS.map((key, index) => [key, index < BIGINTS ? bigintOf(s[index]) : Number(s[index])]),
  ) as unknown as ZnodeStat;
  return { path, data: Buffer.from(d, 'base64'), acl, mode: modeOf(m), stat };
}

function leftOf(path: ZPath, { z, v, w }: Record<string, unknown>): LeftZnode {
  const left = { path, czxid: bigintOf(z), version: Number(v) };
  return w === undefined ? left : { ...left, aversion: Number(w) };
}

function modeOf(value: unknown): LostMode {
  const mode = (value ?? { kind: 'lasting' }) as { kind: LostMode['kind']; owner?: unknown };
  return mode.kind === 'ephemeral'
    ? { kind: 'ephemeral', owner: bigintOf(mode.owner) }
    : (mode as LostMode);
}

function bigintOf(value: unknown): bigint {
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : 0n;
}

function pathOf(value: unknown): ZPath | undefined {
  return typeof value === 'string' ? parsePath(value) : undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function line(value: unknown): string {
  return `${JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item))}\n`;
}
