import { Limiter } from '../../base/async';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { detectMembership, needsData, type MembershipKind } from '../../domain/membership/detect';
import type { ChildInput, MemberProblem } from '../../domain/membership/member';
import { parseMembers, type Membership } from '../../domain/membership/parse';
import { compareNames } from '../../domain/znode/names';
import { childPath, parentPath, type ZPath } from '../../domain/znode/path';
import type { ZkReader } from '../../zk/client';
import { ZkError } from '../../zk/errors';
import type { Session } from '../../zk/sessions';
import type { ZnodeChange } from '../../zk/znodeChange';

/** More children than this are not read; a ring of more servers is no picture either. */
const MAX_CHILDREN = 2_000;
/** Registrations are short; what is longer is no address. */
const MAX_DATA_BYTES = 64 * 1024;
/** A layout shows in the data of a few. */
const LOOKED_AT = 5;
const CONCURRENCY = 8;

export interface FoundMembers extends Membership {
  readonly kind: MembershipKind | undefined;
}

interface Child extends Disposable {
  input: ChildInput | undefined;
  /** Rises with each change: what was asked for before one is outdated. */
  changes: number;
}

/** The members that registered below a znode, read again only where something changed. */
export class MemberSource implements Disposable {
  private readonly store = new DisposableStore();
  private readonly children = new Map<string, Child>();
  private readonly limiter = new Limiter(CONCURRENCY);

  constructor(
    private readonly session: Pick<Session, 'model'> & { client: Pick<ZkReader, 'getData'> },
    private readonly path: ZPath,
  ) {
    this.store.add(session.model.hold(path, 'children'));
  }

  /** Forgets what a change made outdated. Whether there is something to read again. */
  learn(changes: readonly ZnodeChange[]): boolean {
    let isOutdated = false;
    for (const { path, type } of changes) {
      if (path === this.path) isOutdated ||= type !== 'data' && type !== 'stat';
      else if (parentPath(path) === this.path) {
        const child = this.children.get(path.slice(path.lastIndexOf('/') + 1));
        if (!child || type === 'children') continue;
        child.input = undefined;
        child.changes++;
        isOutdated = true;
      }
    }
    return isOutdated;
  }

  /** Reads what is missing. Throws the `ZkError` of a listing that failed. */
  async read(kind?: MembershipKind): Promise<FoundMembers> {
    const all = [...(await this.session.model.children(this.path))].sort(compareNames);
    const names = all.slice(0, MAX_CHILDREN);
    this.follow(names);
    await this.readEach(names, false);
    await this.readEach(names.slice(0, LOOKED_AT), true);
    const found = kind ?? detectMembership(this.path, this.inputs(names));
    if (found === undefined) return { kind: undefined, members: [], problems: [] };
    if (needsData(found)) await this.readEach(names, true);
    const membership = parseMembers(found, { path: this.path, children: this.inputs(names) });
    const rest: MemberProblem[] = all.slice(MAX_CHILDREN, MAX_CHILDREN + 1).map((child) => ({
      child,
      reason: `and ${all.length - MAX_CHILDREN - 1} more are not read`,
    }));
    return {
      kind: found,
      members: membership.members,
      problems: [...membership.problems, ...rest],
    };
  }

  dispose(): void {
    this.store.dispose();
    for (const child of this.children.values()) child.dispose();
    this.children.clear();
  }

  private follow(names: readonly string[]): void {
    const present = new Set(names);
    for (const [name, child] of this.children) {
      if (present.has(name)) continue;
      child.dispose();
      this.children.delete(name);
    }
    for (const name of names) {
      if (this.children.has(name)) continue;
      const held = this.session.model.hold(childPath(this.path, name), 'stat');
      this.children.set(name, { input: undefined, changes: 0, dispose: () => held.dispose() });
    }
  }

  private inputs(names: readonly string[]): ChildInput[] {
    return names.flatMap((name) => this.children.get(name)?.input ?? []);
  }

  private async readEach(names: readonly string[], withData: boolean): Promise<void> {
    await Promise.all(names.map((name) => this.limiter.run(() => this.readOne(name, withData))));
  }

  private async readOne(name: string, withData: boolean): Promise<void> {
    const child = this.children.get(name);
    if (!child || (child.input && (!withData || child.input.data))) return;
    const path = childPath(this.path, name);
    const { changes } = child;
    const keep = (input: ChildInput | undefined): void => {
      if (child.changes === changes) child.input = input;
    };
    try {
      if (withData) {
        // Asked for first, so that the model's watch is there before the data is read.
        await this.session.model.stat(path);
        const { data, stat } = await this.session.client.getData(path);
        keep({ name, stat, data: data.subarray(0, MAX_DATA_BYTES) });
      } else {
        const stat = await this.session.model.stat(path);
        keep(stat && { name, stat });
      }
    } catch (error) {
      // A child that left meanwhile is no member; one that may not be read has its name still.
      if (ZkError.is(error, 'NoNode')) keep(undefined);
      else if (ZkError.is(error, 'NoAuth')) keep({ name, data: new Uint8Array() });
      else throw error;
    }
  }
}
