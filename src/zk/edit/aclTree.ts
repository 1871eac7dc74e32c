import { PERMISSIONS, type AclEntry } from '../../domain/znode/acl';
import { sameAcl } from '../../domain/znode/aclText';
import { childPath, type ZPath } from '../../domain/znode/path';
import type { ZnodeStat } from '../../domain/znode/stat';
import type { ZkReader } from '../client';
import { ZkError } from '../errors';
import type { Pacer } from './pacer';
import { isMasked, permits, type Identity } from './permission';
import { stopFor, type Stop } from './stop';
import { modeOf, type UndoWriter } from './undo';
import type { Writer } from './writer';

/** A znode whose ACL is another one than it shall get. */
export interface AclTarget {
  readonly path: ZPath;
  readonly acl: readonly AclEntry[];
  readonly stat: ZnodeStat;
}

export interface AclSurvey {
  readonly znodes: number;
  readonly targets: readonly AclTarget[];
  /** Whose ACL we may not change, as far as can be told. */
  readonly denied: number;
  /** The first of them. */
  readonly deniedPaths: readonly ZPath[];
  /** Whose children we may not list: what is below them stays as it is. */
  readonly unlistable: number;
  /** There are more znodes than we hold in memory; nothing should be done. */
  readonly isTooLarge: boolean;
}

export interface AclSurveyOptions {
  readonly pacer: Pacer;
  readonly who: readonly Identity[] | undefined;
  readonly maxZnodes?: number;
  /** @param znodes how many were looked at so far */
  readonly onProgress?: (znodes: number) => void;
}

const MAX_ZNODES = 200_000;
const MAX_PATHS = 20;

/** Looks at each ACL of a subtree before it is changed; two requests per znode. */
export async function surveyAcls(
  client: ZkReader,
  root: ZPath,
  acl: readonly AclEntry[],
  { pacer, who, maxZnodes = MAX_ZNODES, onProgress }: AclSurveyOptions,
): Promise<AclSurvey> {
  const targets: AclTarget[] = [];
  const deniedPaths: ZPath[] = [];
  let [znodes, denied, unlistable] = [0, 0, 0];
  const deny = (path: ZPath): void => {
    denied++;
    if (deniedPaths.length < MAX_PATHS) deniedPaths.push(path);
  };
  const visit = async (path: ZPath): Promise<ZPath[]> => {
    const [now, names] = await Promise.all([aclOf(client, path), namesOf(client, path)]);
    if (now === 'gone' || names === 'gone') return [];
    znodes++;
    onProgress?.(znodes);
    if (names === 'denied') unlistable++;
    if (now === 'denied') deny(path);
    else if (!sameAcl(now.acl, acl)) {
      // The server shows the whole list to nobody without ADMIN.
      const mayChange = permits(now.acl, PERMISSIONS.admin, who) !== false && !isMasked(now.acl);
      if (mayChange) targets.push({ path, ...now });
      else deny(path);
    }
    return names === 'denied' ? [] : names.map((name) => childPath(path, name));
  };
  for (let level = [root]; level.length > 0 && znodes < maxZnodes;) {
    const next: ZPath[] = [];
    await pacer.forEach(
      level,
      async (path) => {
        if (znodes >= maxZnodes) return;
        for (const child of await visit(path)) if (next.length < maxZnodes) next.push(child);
      },
      'read',
    );
    level = next;
  }
  const isTooLarge = znodes >= maxZnodes;
  return { znodes, targets, denied, deniedPaths, unlistable, isTooLarge };
}

export interface AclOutcome {
  readonly changed: number;
  /** Deleted by somebody else meanwhile. */
  readonly vanished: number;
  /** Changed by somebody else meanwhile, or refused to us after all. */
  readonly refused: readonly ZPath[];
  /** Why it ended before its end. */
  readonly stop: Stop | undefined;
}

export interface AclChangeOptions {
  readonly client: Pick<ZkReader, 'exists'>;
  readonly writer: Pick<Writer, 'setAcl'>;
  readonly pacer: Pacer;
  readonly undo: UndoWriter | undefined;
  /** @param changed how many so far */
  readonly onProgress?: (changed: number) => void;
}

/**
 * Gives the ACL to the znodes that a survey saw, each under the condition that its ACL is still that
 * of the survey; one that was created again counts as changed. What is refused is passed over; a lost connection or a cancel ends it. Never rejects.
 */
export async function changeAcls(
  targets: readonly AclTarget[],
  acl: readonly AclEntry[],
  { client, writer, pacer, undo, onProgress }: AclChangeOptions,
): Promise<AclOutcome> {
  const refused: ZPath[] = [];
  let [changed, vanished] = [0, 0];
  let stop: Stop | undefined;
  const change = async ({ path, acl: before, stat }: AclTarget): Promise<void> => {
    const isKept = await undo?.lost({ ...LOST, path, acl: before, stat, mode: modeOf(stat) });
    if (isKept === false) throw new UndoFull(path);
    try {
      await requireSame(client, path, stat);
      const { aversion } = await writer.setAcl(path, acl, stat.aversion);
      // The data as they were surveyed: whoever has written some since did not do it for us.
      await undo?.left({ path, czxid: stat.czxid, version: stat.version, aversion });
      changed++;
      onProgress?.(changed);
    } catch (error) {
      const isGone = ZkError.is(error, 'NoNode');
      const isRefused = ZkError.is(error, 'BadVersion') || ZkError.is(error, 'NoAuth');
      if (!isGone && !isRefused) throw error;
      await undo?.spared(path);
      if (isGone) vanished++;
      else refused.push(path);
    }
  };
  try {
    await pacer.forEach(targets, change, 'write');
  } catch (error) {
    stop = error instanceof UndoFull ? { reason: 'undoFull', path: error.path } : stopFor(error);
  }
  return { changed, vanished, refused, stop };
}

/** The version of an ACL tells no znode from another one of its name. Rejects as a write would. */
export async function requireSame(
  client: Pick<ZkReader, 'exists'>,
  path: ZPath,
  { czxid }: Pick<ZnodeStat, 'czxid'>,
): Promise<void> {
  const now = await client.exists(path);
  if (!now) throw new ZkError('NoNode', `setAcl ${path}`, path);
  if (now.czxid !== czxid) throw new ZkError('BadVersion', `setAcl ${path}`, path);
}

/** The data stays, so it isn't kept. */
const LOST = { data: new Uint8Array(0) };

class UndoFull extends Error {
  constructor(readonly path: ZPath) {
    super('undo full');
  }
}

async function aclOf(client: ZkReader, path: ZPath) {
  try {
    return await client.getAcl(path);
  } catch (error) {
    return absenceOf(error);
  }
}

async function namesOf(client: ZkReader, path: ZPath) {
  try {
    return (await client.getChildren(path)).names;
  } catch (error) {
    return absenceOf(error);
  }
}

function absenceOf(error: unknown): 'gone' | 'denied' {
  if (ZkError.is(error, 'NoNode')) return 'gone';
  if (ZkError.is(error, 'NoAuth')) return 'denied';
  throw error;
}
