import { contenderOf, type Contender, type LayoutKind } from './recipes';
import { isEphemeral, type ZnodeStat } from './stat';

/** The children of a znode, understood as a coordination recipe. */
export interface Layout {
  readonly kind: LayoutKind;
  /**
   * Who holds the lock or leads: one child, several readers, or none. Never a child known to be
   * persistent, which blocks those behind it without anybody living who holds. Empty for a queue.
   */
  readonly holders: readonly string[];
  /** All contenders in the order in which they get their turn, the holders included. */
  readonly order: readonly string[];
}

/** At most this part of the children may have other names. */
const STRAY_SHARE = 0.1;

/**
 * The recipe that the children of a znode belong to, or undefined when they don't look like one:
 * nine of ten children must, and all of the same recipe.
 *
 * `parentName` tells elections from locks where the children look alike: Curator's LeaderSelector
 * and kazoo's Election are locks below another name. `stats` may cover some children only, and a lock
 * needs one that is ephemeral among them, if any is known.
 */
export function recogniseLayout(
  parentName: string,
  children: readonly string[],
  stats: ReadonlyMap<string, ZnodeStat> = new Map(),
): Layout | undefined {
  const contenders = contendersAmong(children);
  if (contenders === undefined) return undefined;
  const kind = kindOfAll(contenders);
  if (kind === undefined) return undefined;
  contenders.sort(compareContenders);
  const order = contenders.map(({ name }) => name);

  const known = order.flatMap((name) => stats.get(name) ?? []);
  if (kind === 'queue') {
    return known.some(isEphemeral) ? undefined : { kind, holders: [], order };
  }
  if (known.length > 0 && !known.some(isEphemeral)) return undefined;
  const isLive = (name: string): boolean => {
    const stat = stats.get(name);
    return stat === undefined || isEphemeral(stat);
  };
  const holders = order.slice(0, turnLength(contenders)).filter(isLive);
  return { kind: kind === 'lock' && isElection(parentName) ? 'election' : kind, holders, order };
}

function contendersAmong(children: readonly string[]): Contender[] | undefined {
  const contenders: Contender[] = [];
  const strayLimit = children.length * STRAY_SHARE;
  let strays = 0;
  for (const name of children) {
    const contender = contenderOf(name);
    if (contender !== undefined) contenders.push(contender);
    else if (++strays > strayLimit) return undefined;
  }
  return contenders;
}

/** kazoo's writers are named like its locks, so readers decide what those are. */
function kindOfAll(contenders: readonly Contender[]): LayoutKind | undefined {
  const kinds = new Set(contenders.map(({ kind }) => kind));
  if (kinds.has('readWriteLock')) kinds.delete('lock');
  const [kind, ...others] = kinds;
  return others.length === 0 ? kind : undefined;
}

/**
 * How many at the front have their turn at once: the readers before the first writer, or one, with
 * the read node of the same sequence that a Curator writer may have.
 */
function turnLength(contenders: readonly Contender[]): number {
  const first = contenders[0];
  const end = contenders.findIndex(({ shared, key }) =>
    first?.shared ? !shared : key !== first?.key,
  );
  return end < 0 ? contenders.length : end;
}

function compareContenders(a: Contender, b: Contender): number {
  return (
    compareText(a.key, b.key) || Number(a.shared) - Number(b.shared) || compareText(a.name, b.name)
  );
}

function isElection(parentName: string): boolean {
  return /leader|elect/i.test(parentName);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
