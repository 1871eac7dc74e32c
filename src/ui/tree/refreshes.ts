import { Coalescer } from '../../base/async';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import { idOf, type TreeNode } from './nodes';

/** VS Code gathers refreshes for 200 ms before it asks. */
const PATIENCE_MS = 1_000;
const ATTEMPTS = 3;

/** A row; undefined for the tree as a whole. */
type Target = TreeNode | undefined;

interface Told {
  readonly target: Target;
  readonly attempts: number;
}

/**
 * Tells VS Code to draw rows again, and sees to it that it asks for them. A refresh that arrives
 * together with the last answer about the same rows, as it does on a busy machine, is lost: the
 * window shows that answer, whose rows its extension host has forgotten, so that they neither unfold
 * nor change any more (`getChildrenBatch` of 1.100 and 1.139 takes what it has just been given).
 */
export class Refreshes implements Disposable {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new Emitter<TreeNode[] | undefined>());
  private readonly checkSoon = this.store.add(new Coalescer(PATIENCE_MS, () => this.check()));
  /** Told since the last check, and before it. */
  private fresh = new Map<string, Told>();
  private due = new Map<string, Told>();

  readonly onDidFire = this.emitter.event;

  constructor(private readonly isExpanded: (node: TreeNode) => boolean) {}

  /** Draws these rows and what is shown below them again; all for undefined. */
  fire(nodes: TreeNode[] | undefined): void {
    this.emitter.fire(nodes);
    for (const target of nodes ?? [undefined]) this.expect({ target, attempts: ATTEMPTS });
  }

  /** VS Code has asked for what is below a row. */
  asked(target: Target): void {
    this.fresh.delete(keyOf(target));
    this.due.delete(keyOf(target));
  }

  dispose(): void {
    this.store.dispose();
  }

  /** For rows that are not expanded it doesn't ask. */
  private expect(told: Told): void {
    const { target, attempts } = told;
    if (attempts === 0 || (target && !this.isExpanded(target))) return;
    this.fresh.set(keyOf(target), told);
    this.checkSoon.schedule();
  }

  private check(): void {
    const missed = [...this.due.values()];
    this.due = this.fresh;
    this.fresh = new Map();
    const rows = missed.flatMap(({ target }) => target ?? []);
    if (missed.length > 0) this.emitter.fire(rows.length < missed.length ? undefined : rows);
    for (const { target, attempts } of missed) this.expect({ target, attempts: attempts - 1 });
    if (this.due.size > 0) this.checkSoon.schedule();
  }
}

const keyOf = (target: Target): string => (target ? idOf(target) : '');
