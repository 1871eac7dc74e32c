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
 * Tells VS Code to draw rows again, and sees to it that it does. A refresh that arrives together with
 * the last answer about the same rows, as it does on a busy machine, is lost: the window shows that
 * answer, whose rows its extension host has forgotten, so that they neither unfold nor change any
 * more (`getChildrenBatch` of 1.100 and 1.139 takes what it has just been given). So rows for which it
 * should ask are told again when it doesn't; it never asks for those that aren't expanded, which are
 * told twice if they were among the rows of a fresh answer.
 */
export class Refreshes implements Disposable {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new Emitter<TreeNode[] | undefined>());
  private readonly checkSoon = this.store.add(new Coalescer(PATIENCE_MS, () => this.check()));
  /** Told since the last check, and before it. */
  private fresh = new Map<string, Told>();
  private due = new Map<string, Told>();
  /** Whose rows were given since the last check, and since the one before. */
  private given = new Set<string>();
  private givenBefore = new Set<string>();

  readonly onDidFire = this.emitter.event;

  constructor(private readonly isExpanded: (node: TreeNode) => boolean) {}

  /** Draws these rows and what is shown below them again; all for undefined. */
  fire(nodes: TreeNode[] | undefined): void {
    this.emitter.fire(nodes);
    for (const target of nodes ?? [undefined]) {
      if (!target || this.isExpanded(target)) this.expect({ target, attempts: ATTEMPTS });
      else if (this.isGiven(target)) this.expect({ target, attempts: 1 });
    }
  }

  /** VS Code has asked for what is below a row. */
  asked(target: Target): void {
    this.fresh.delete(keyOf(target));
    this.due.delete(keyOf(target));
  }

  /** VS Code was given what is below a row. */
  answered(target: Target): void {
    this.given.add(keyOf(target));
    this.checkSoon.schedule();
  }

  dispose(): void {
    this.store.dispose();
  }

  private expect(told: Told): void {
    if (told.attempts === 0) return;
    this.fresh.set(keyOf(told.target), told);
    this.checkSoon.schedule();
  }

  private isGiven(node: TreeNode): boolean {
    const parent = keyOf(node.kind === 'connection' ? undefined : node.parent);
    return this.given.has(parent) || this.givenBefore.has(parent);
  }

  private check(): void {
    const missed = [...this.due.values()];
    this.due = this.fresh;
    this.fresh = new Map();
    this.givenBefore = this.given;
    this.given = new Set();
    const rows = missed.flatMap(({ target }) => target ?? []);
    if (missed.length > 0) this.emitter.fire(rows.length < missed.length ? undefined : rows);
    for (const { target, attempts } of missed) this.expect({ target, attempts: attempts - 1 });
    if (this.due.size + this.givenBefore.size > 0) this.checkSoon.schedule();
  }
}

const keyOf = (target: Target): string => (target ? idOf(target) : '');
