import { parentPath, type ZPath } from '../../src/domain/znode/path';
import type { TransactionStep } from '../../src/zk/client';

/** Something that somebody wrote. Each write is an object of its own, whatever its text. */
export interface Written {
  readonly text: string;
  readonly by: 'us' | 'kazoo';
}

export interface Shade {
  readonly data: Written;
  readonly acl: Written;
  readonly version: number;
  readonly aversion: number;
}

/** What one command of ours did: per path before and after it. */
export interface Deed {
  readonly before: Map<ZPath, Shade | undefined>;
  readonly after: Map<ZPath, Shade | undefined>;
  /** Where kazoo was meanwhile. */
  readonly foreign: Set<ZPath>;
}

/** Knows what is on the server and who wrote it, because it is told of each write in order. */
export class ShadowModel {
  readonly shades = new Map<ZPath, Shade>();
  /** Foreign writes that were destroyed without having been shown to whoever agreed. */
  readonly violations: string[] = [];
  /** What requests of ours have been answered with, in this command. */
  readonly seen = new Set<Written>();
  /** What of that the user has agreed to lose. */
  consented: ReadonlySet<Written> = new Set();
  /** Whether no foreign write may go, shown or not. */
  isStrict = false;
  deed: Deed = newDeed();
  /** How many foreign writes our commands destroyed with consent. */
  destroyed = 0;
  private readonly last = new Map<ZPath, Pick<Shade, 'version' | 'aversion'>>();

  startCommand(consented: readonly (Written | undefined)[] = []): void {
    this.deed = newDeed();
    this.seen.clear();
    this.consented = new Set(consented.filter((one) => one !== undefined));
  }

  consent(): void {
    if (!this.isStrict) this.consented = new Set(this.seen);
  }

  see(path: ZPath): void {
    const shade = this.shades.get(path);
    if (!shade) return;
    this.seen.add(shade.data);
    this.seen.add(shade.acl);
  }

  childrenOf(path: ZPath): ZPath[] {
    return [...this.shades.keys()].filter((at) => parentPath(at) === path);
  }

  /** Beyond which one that is created again has to be written, for its versions to tell it apart. */
  lastVersions(path: ZPath): Pick<Shade, 'version' | 'aversion'> {
    return this.last.get(path) ?? { version: -1, aversion: -1 };
  }

  /** @param step that the server has done */
  apply(step: TransactionStep | SetAcl, by: Written['by']): void {
    const { path } = step;
    const shade = this.shades.get(path);
    switch (step.type) {
      case 'create':
        return this.put(path, by, {
          data: { text: textOf(step.data), by },
          acl: { text: aclText(step.acl), by },
          ...{ version: 0, aversion: 0 },
        });
      case 'setData':
        this.lose(shade?.data, path, by);
        if (!shade) throw new Error(`${path} is not there`);
        return this.put(path, by, {
          ...{ ...shade, version: shade.version + 1, data: { text: textOf(step.data), by } },
        });
      case 'setAcl':
        this.lose(shade?.acl, path, by);
        if (!shade) throw new Error(`${path} is not there`);
        return this.put(path, by, {
          ...{ ...shade, aversion: shade.aversion + 1, acl: { text: aclText(step.acl), by } },
        });
      case 'delete':
        this.lose(shade?.data, path, by);
        return this.put(path, by, undefined);
      case 'check':
    }
  }

  /** Whether nobody has touched anything on which the undo of a deed depends. */
  isUntouched({ before, after, foreign }: Deed): boolean {
    return [...after].every(([path, left]) => {
      if (this.shades.get(path) !== left || foreign.has(path)) return false;
      const isBack = before.get(path) !== undefined;
      const parent = parentPath(path);
      if (isBack && !left && parent !== undefined) {
        return this.shades.has(parent) || before.get(parent) !== undefined;
      }
      return isBack || this.childrenOf(path).every((child) => after.has(child));
    });
  }

  private put(path: ZPath, by: Written['by'], next: Shade | undefined): void {
    const before = this.shades.get(path);
    if (by === 'us') {
      if (!this.deed.before.has(path)) this.deed.before.set(path, before);
      this.deed.after.set(path, next);
    } else this.deed.foreign.add(path);
    if (next) this.shades.set(path, next);
    else this.shades.delete(path);
    const [last, now] = [this.lastVersions(path), next ?? before];
    this.last.set(path, {
      version: Math.max(last.version, now?.version ?? 0),
      aversion: Math.max(last.aversion, now?.aversion ?? 0),
    });
  }

  private lose(written: Written | undefined, path: ZPath, by: Written['by']): void {
    if (by === 'kazoo' || written?.by !== 'kazoo') return;
    if (this.consented.has(written)) this.destroyed++;
    else this.violations.push(`${path}: ${written.text}`);
  }
}

export interface SetAcl {
  readonly type: 'setAcl';
  readonly path: ZPath;
  readonly acl: readonly { readonly scheme: string; readonly id: string }[];
}

/** By its schemes: the test has only two lists. */
export function aclText(acl: readonly { readonly scheme: string }[] = []): string {
  return acl.map(({ scheme }) => scheme).join();
}

function newDeed(): Deed {
  return { before: new Map(), after: new Map(), foreign: new Set() };
}

function textOf(data: Uint8Array): string {
  return Buffer.from(data).toString();
}
