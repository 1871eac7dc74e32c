import type { Disposable } from '../../base/disposable';
import { within } from '../../base/async';
import { compileFilter } from '../../domain/znode/filter';
import { recogniseLayout, type Layout } from '../../domain/znode/layout';
import { sortNames } from '../../domain/znode/names';
import { baseName, childPath, type ZPath } from '../../domain/znode/path';
import type { ZnodeStat } from '../../domain/znode/stat';
import type { ZnodeModel } from '../../zk/znodeModel';
import { pageOf, type Page } from './page';

/** How long a page waits for the stats of its rows before names alone are shown. */
const STATS_PATIENCE_MS = 200;

/**
 * What an expanded row shows: the page and filter the user chose, and the holds that keep its list
 * and the stats of the shown rows live until it collapses.
 */
export class Branch implements Disposable {
  private list: Disposable | undefined;
  private readonly rows = new Map<string, Disposable>();
  private sorted:
    { readonly from: readonly string[]; readonly names: readonly string[] } | undefined;
  private readonly pinned = new Set<string>();
  private text = '';
  private matches: ((name: string) => boolean) | undefined;

  /** Lock, latch, queue … whose order the rows show, when the names have that form. */
  layout: Layout | undefined;
  page: Page = { shown: [], matching: 0 };
  total = 0;

  constructor(
    readonly connectionId: string,
    readonly path: ZPath,
    private readonly model: ZnodeModel,
    private limit: number,
  ) {}

  /** Whether it holds nothing, because its row is collapsed. */
  get isAsleep(): boolean {
    return this.list === undefined;
  }

  get filter(): string {
    return this.text;
  }

  set filter(text: string) {
    this.text = text;
    this.matches = text === '' ? undefined : compileFilter(text);
  }

  showMore(count: number): void {
    this.limit += count;
  }

  /** Shows this child whatever page and filter say. */
  pin(name: string): void {
    this.pinned.add(name);
  }

  /**
   * Reads what there is to show. `late` is there when some stats take longer than a page may wait;
   * it resolves when they have come.
   */
  async load(): Promise<{ late?: Promise<void> }> {
    this.list ??= this.model.hold(this.path, 'children');
    const names = this.sort(await this.model.children(this.path));
    if (this.isAsleep) return {};
    this.total = names.length;
    this.page = pageOf(names, { limit: this.limit, matches: this.matches, pinned: this.pinned });
    this.holdRows(this.page.shown);
    const stats = Promise.allSettled(
      this.page.shown.map((name) => this.model.stat(childPath(this.path, name))),
    ).then(() => true as const);
    const inTime = await within(STATS_PATIENCE_MS, stats);
    this.layout = this.recognise(names);
    return inTime ? {} : { late: stats.then(() => undefined) };
  }

  /** Lets go of everything but the user's page and filter, until `load` is called again. */
  dispose(): void {
    this.list?.dispose();
    this.list = undefined;
    this.sorted = undefined;
    for (const row of this.rows.values()) row.dispose();
    this.rows.clear();
  }

  private recognise(names: readonly string[]): Layout | undefined {
    const stats = new Map<string, ZnodeStat>();
    for (const name of this.page.shown) {
      const stat = this.model.peekStat(childPath(this.path, name));
      if (stat) stats.set(name, stat);
    }
    return recogniseLayout(baseName(this.path), names, stats);
  }

  private sort(names: readonly string[]): readonly string[] {
    if (this.sorted?.from !== names) this.sorted = { from: names, names: sortNames(names) };
    return this.sorted.names;
  }

  private holdRows(shown: readonly string[]): void {
    const gone = new Set(this.rows.keys());
    for (const name of shown) {
      if (gone.delete(name)) continue;
      this.rows.set(name, this.model.hold(childPath(this.path, name), 'stat'));
    }
    for (const name of gone) {
      this.rows.get(name)?.dispose();
      this.rows.delete(name);
    }
  }
}
