import { PERMISSIONS, type AclEntry } from '../../domain/znode/acl';
import { childPath, parentPath, type ZPath } from '../../domain/znode/path';
import { isEphemeral, type ZnodeStat } from '../../domain/znode/stat';
import type { ZkReader } from '../client';
import { ZkError } from '../errors';
import { presenceOf, statOf } from '../presence';
import type { Pacer } from './pacer';
import { isMasked, permits, type Identity } from './permission';
import { quotasBelow } from './quotasBelow';

/** A znode as a survey saw it. Paths are put together when they are asked for: there may be millions. */
export class Surveyed {
  constructor(
    private readonly parent: Surveyed | undefined,
    /** For a root of the survey, its path. */
    private readonly name: string,
    readonly version: number,
    readonly czxid: bigint,
    readonly dataLength: number,
  ) {}

  get path(): ZPath {
    return this.parent ? childPath(this.parent.path, this.name) : (this.name as ZPath);
  }
}

export interface SurveyCounts {
  readonly znodes: number;
  /** Of the longest line of descent, 1 for a leaf. */
  readonly depth: number;
  /** Of data. */
  readonly bytes: number;
  /** UTF-16 units of all paths together. */
  readonly pathUnits: number;
  readonly ephemerals: { readonly ours: number; readonly others: number };
  /** With children that were made or deleted, which is what sequence numbers count. */
  readonly counters: number;
  /** Whose ACL is shown to us masked, as far as it was looked at. */
  readonly masked: number;
}

/**
 * What will keep a change from succeeding, as far as it can be known before.
 *
 * - `unlistable`: we may not see its children
 * - `undeletable`: its ACL, as it is shown to us, does not let us delete its children
 * - `quota`: a quota is set on it and will stay behind in /zookeeper/quota
 */
export interface Obstacle {
  readonly kind: 'unlistable' | 'undeletable' | 'quota';
  readonly path: ZPath;
}

export interface Survey {
  /** Without those that lie below another one. */
  readonly roots: readonly ZPath[];
  /** Roots that do not exist. */
  readonly missing: readonly ZPath[];
  /** Parents first, each generation in one list. */
  readonly levels: readonly (readonly Surveyed[])[];
  readonly counts: SurveyCounts;
  /** The first 100. */
  readonly obstacles: readonly Obstacle[];
  readonly obstacleCount: number;
  /** There are more znodes than we hold in memory; the counts are partial. */
  readonly isTooLarge: boolean;
}

export interface SurveyOptions {
  readonly pacer: Pacer;
  /** Called often. */
  readonly onProgress?: (counts: SurveyCounts) => void;
  readonly maxZnodes?: number;
}

const MAX_ZNODES = 1_000_000;
const MAX_OBSTACLES = 100;

/**
 * Looks at whole subtrees before something is done to them: one request per znode, one more for each
 * that has children, one generation after the other. Znodes that vanish meanwhile are left out. Rejects
 * when the connection fails or the pacer's signal aborts.
 */
export async function survey(
  client: ZkReader,
  roots: readonly ZPath[],
  options: SurveyOptions,
): Promise<Survey> {
  const surveyor = new Surveyor(client, options, await whoAmI(client));
  return surveyor.run(withoutNested(roots));
}

class Surveyor {
  private readonly counts = {
    ...{ znodes: 0, depth: 0, bytes: 0, pathUnits: 0, counters: 0, masked: 0 },
    ephemerals: { ours: 0, others: 0 },
  };
  private readonly obstacles: Obstacle[] = [];
  private obstacleCount = 0;
  private readonly missing: ZPath[] = [];
  private readonly limit: number;

  constructor(
    private readonly client: ZkReader,
    private readonly options: SurveyOptions,
    private readonly who: readonly Identity[] | undefined,
  ) {
    this.limit = options.maxZnodes ?? MAX_ZNODES;
  }

  async run(roots: readonly ZPath[]): Promise<Survey> {
    const { counts, obstacles, missing } = this;
    const levels: Surveyed[][] = [];
    let next: Iterable<Candidate> = roots.map((name) => ({ parent: undefined, name }));
    while (counts.znodes < this.limit) {
      const { level, children } = await this.generation(next);
      if (level.length === 0) break;
      levels.push(level);
      counts.depth = levels.length;
      next = candidates(children);
    }
    await this.lookAtParents(roots);
    await this.lookForQuotas(roots);
    return {
      roots: roots.filter((root) => !missing.includes(root)),
      ...{ missing, levels, counts, obstacles, obstacleCount: this.obstacleCount },
      isTooLarge: counts.znodes >= this.limit,
    };
  }

  private async generation(all: Iterable<Candidate>) {
    const level: Surveyed[] = [];
    const branches: Surveyed[] = [];
    const children: [Surveyed, readonly string[]][] = [];
    await this.options.pacer.forEach(
      all,
      async (candidate) => {
        if (this.counts.znodes >= this.limit) return;
        const found = await this.visit(candidate);
        if (!found) return;
        level.push(found.znode);
        if (found.names.length > 0) children.push([found.znode, found.names]);
        if (found.names.length > 0) branches.push(found.znode);
      },
      'list',
    );
    await this.options.pacer.forEach(
      branches,
      async ({ path }) => {
        if (isMasked(await this.lookAtAcl(path))) this.counts.masked++;
      },
      'read',
    );
    return { level, children };
  }

  private async visit({ parent, name }: Candidate) {
    const path = parent ? childPath(parent.path, name) : (name as ZPath);
    const seen = await this.look(path, parent === undefined);
    if (!seen) {
      if (!parent) this.missing.push(path);
      return undefined;
    }
    const { stat, names } = seen;
    this.count(stat, path);
    return {
      znode: new Surveyed(parent, name, stat.version, stat.czxid, stat.dataLength),
      names,
    };
  }

  /** What may not be looked at at all is left out; of a root nothing else could be said. */
  private async look(
    path: ZPath,
    isRoot: boolean,
  ): Promise<{ stat: ZnodeStat; names: string[] } | undefined> {
    try {
      return await this.client.getChildren(path, {});
    } catch (error) {
      if (ZkError.is(error, 'NoNode')) return undefined;
      if (!ZkError.is(error, 'NoAuth')) throw error;
      const found = await presenceOf(this.client, path);
      if (found === 'hidden' && isRoot) throw error;
      const stat = statOf(found);
      if (found && stat?.numChildren !== 0) this.stumble({ kind: 'unlistable', path });
      return stat && { stat, names: [] };
    }
  }

  private count(stat: ZnodeStat, path: ZPath): void {
    const { counts } = this;
    const { state } = this.client;
    counts.znodes++;
    counts.bytes += stat.dataLength;
    counts.pathUnits += path.length;
    if (stat.cversion > 0) counts.counters++;
    if (isEphemeral(stat)) {
      const isOurs = state.kind === 'connected' && state.sessionId === stat.ephemeralOwner;
      counts.ephemerals[isOurs ? 'ours' : 'others']++;
    }
    this.options.onProgress?.(counts);
  }

  /** The right to delete a znode is in the ACL of its parent. */
  private async lookAtAcl(path: ZPath): Promise<readonly AclEntry[]> {
    try {
      const { acl } = await this.client.getAcl(path, {});
      if (permits(acl, PERMISSIONS.delete, this.who) === false) {
        this.stumble({ kind: 'undeletable', path });
      }
      return acl;
    } catch (error) {
      if (!ZkError.is(error, 'NoAuth') && !ZkError.is(error, 'NoNode')) throw error;
      return [];
    }
  }

  private lookAtParents(roots: readonly ZPath[]): Promise<void> {
    const parents = new Set(roots.flatMap((root) => parentPath(root) ?? []));
    return this.options.pacer.forEach(
      parents,
      async (path) => {
        await this.lookAtAcl(path);
      },
      'read',
    );
  }

  private lookForQuotas(roots: readonly ZPath[]): Promise<void> {
    return this.options.pacer.forEach(
      roots,
      async (root) => {
        const found = await quotasBelow(this.client, root, MAX_OBSTACLES);
        for (const path of found) this.stumble({ kind: 'quota', path });
      },
      'list',
    );
  }

  private stumble(obstacle: Obstacle): void {
    this.obstacleCount++;
    if (this.obstacles.length < MAX_OBSTACLES) this.obstacles.push(obstacle);
  }
}

interface Candidate {
  readonly parent: Surveyed | undefined;
  readonly name: string;
}

function* candidates(
  children: readonly (readonly [Surveyed, readonly string[]])[],
): Generator<Candidate> {
  for (const [parent, names] of children) for (const name of names) yield { parent, name };
}

/** The paths that lie below no other one of them, each once. */
export function withoutNested(paths: readonly ZPath[]): ZPath[] {
  const unique = [...new Set(paths)];
  const roots: ZPath[] = [];
  const taken = new Set<string>();
  for (const path of unique.toSorted((a, b) => a.length - b.length)) {
    let above = parentPath(path);
    while (above !== undefined && !taken.has(above)) above = parentPath(above);
    if (above !== undefined) continue;
    taken.add(path);
    roots.push(path);
  }
  return roots;
}

/** Undefined for servers before 3.7. */
async function whoAmI(client: ZkReader): Promise<readonly Identity[] | undefined> {
  try {
    return await client.whoAmI();
  } catch (error) {
    if (ZkError.is(error, 'Unimplemented')) return undefined;
    throw error;
  }
}
