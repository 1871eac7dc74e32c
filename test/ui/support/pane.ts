import type { Locator, Page } from 'playwright-core';
import { exactly } from './text';

/** The parts of a DOM element that are read here; this project's types have no DOM. */
interface RowElement {
  getAttribute(name: string): string | null;
  querySelector(selector: string): { readonly textContent: string | null } | null;
}

/** A view in the side bar, or all of them: a tree with its actions. */
export class Pane {
  constructor(
    private readonly page: Page,
    readonly root: Locator,
  ) {}

  /** The first row of that label. Only rows near the visible part exist. */
  row(name: string): Locator {
    const label = this.page.locator('.label-name', { hasText: exactly(name) });
    return this.root.locator('.monaco-list-row').filter({ has: label }).first();
  }

  /**
   * The row whose ancestors have these labels, from the top; its ancestors must be expanded. The
   * locator goes by position: use it before the tree changes.
   */
  async rowByPath(...path: readonly string[]): Promise<Locator> {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const index = indexOfPath(await this.rows(), path);
      if (index !== undefined) return this.root.locator(`.monaco-list-row[data-index="${index}"]`);
      if (Date.now() > deadline) throw new Error(`The tree has no row ${path.join(' › ')}.`);
      await this.page.waitForTimeout(100);
    }
  }

  /** The rows in screen order. */
  async rows(): Promise<TreeRow[]> {
    const rows: TreeRow[] = await this.root
      .locator('.monaco-list-row')
      .evaluateAll((elements: RowElement[]) =>
        elements.map((element) => ({
          index: Number(element.getAttribute('data-index')),
          level: Number(element.getAttribute('aria-level')),
          label: element.querySelector('.label-name')?.textContent?.trim() ?? '',
          description: element.querySelector('.label-description')?.textContent?.trim() ?? '',
        })),
      );
    return rows.sort((a, b) => a.index - b.index);
  }

  /** Expands one row, or each row of a path in turn, while a live tree may move them. */
  async expand(...path: readonly string[]): Promise<void> {
    for (let depth = 1; depth <= path.length; depth++) {
      const part = path.slice(0, depth);
      const row = await this.rowByPath(...part);
      if ((await row.getAttribute('aria-expanded')) === 'true') continue;
      await row.locator('.monaco-tl-twistie').click();
      await this.whenExpanded(part);
    }
  }

  private async whenExpanded(path: readonly string[]): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (Date.now() < deadline) {
      const row = await this.rowByPath(...path);
      if ((await row.getAttribute('aria-expanded')) === 'true') return;
      await this.page.waitForTimeout(50);
    }
    throw new Error(`The row ${path.join(' › ')} does not expand.`);
  }

  /** An action of the view's title bar; those appear while the pointer is over it. */
  async titleAction(name: string): Promise<void> {
    const header = this.root.locator('.pane-header').first();
    // The only view of a container has no header of its own.
    const shared = this.page.locator('.part.sidebar .composite.title');
    const bar = (await header.isVisible()) ? header : shared;
    await bar.hover();
    await bar.getByRole('button', { name }).click();
  }
}

export interface TreeRow {
  readonly index: number;
  readonly level: number;
  readonly label: string;
  readonly description: string;
}

function indexOfPath(rows: readonly TreeRow[], path: readonly string[]): number | undefined {
  const open: string[] = [];
  for (const { index, level, label } of rows) {
    open.length = level - 1;
    open.push(label);
    if (level === path.length && path.every((name, i) => open[i] === name)) return index;
  }
  return undefined;
}
