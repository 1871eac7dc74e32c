import type { Locator, Page } from 'playwright-core';
import { exactly } from './text';

/** The parts of a DOM element that are read here; this project's types have no DOM. */
interface RowElement {
  getAttribute(name: string): string | null;
  querySelector(selector: string): { readonly textContent: string | null } | null;
}

declare function getComputedStyle(element: unknown, part?: string): { readonly content: string };

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
    // The tooltip of another row may lie over it.
    await this.page.mouse.move(0, 0);
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
    return rows.filter(({ level }) => level > 0).sort((a, b) => a.index - b.index);
  }

  /** The labels of the rows one level below a row, in screen order; of an unfolded row. */
  async childrenOf(...path: readonly string[]): Promise<string[]> {
    const rows = await this.rows();
    const start = rows.findIndex(({ index }) => index === indexOfPath(rows, path));
    const below = rows.slice(start + 1);
    const end = below.findIndex(({ level }) => level <= path.length);
    const within = start < 0 ? [] : below.slice(0, end < 0 ? below.length : end);
    return within.filter(({ level }) => level === path.length + 1).map(({ label }) => label);
  }

  /** What stands behind the label of a row; undefined when there is no such row. */
  async description(...path: readonly string[]): Promise<string | undefined> {
    const rows = await this.rows();
    const index = indexOfPath(rows, path);
    return rows.find((row) => row.index === index)?.description;
  }

  /** The one or two letters of a decoration at the right end of a row; empty without one. */
  async badge(row: Locator): Promise<string> {
    const content = await row
      .locator('.monaco-icon-label')
      .evaluate((element) => getComputedStyle(element, '::after').content);
    return content === 'none' ? '' : content.replaceAll('"', '');
  }

  /** What is shown while the pointer rests on a row. A row that is drawn anew forgets the pointer. */
  async tooltip(row: Locator): Promise<Locator> {
    const { mouse } = this.page;
    const hover = this.page.locator('.workbench-hover').first();
    for (let attempt = 0; attempt < 5; attempt++) {
      await mouse.move(0, 0);
      await hover.waitFor({ state: 'hidden' });
      const box = await row.locator('.label-name').boundingBox();
      if (!box) break;
      await mouse.move(box.x + 2, box.y + 4);
      await mouse.move(box.x + 6, box.y + 6, { steps: 3 });
      try {
        await hover.filter({ hasNotText: 'Loading...' }).waitFor({ timeout: 2_000 });
        return hover;
      } catch {
        continue;
      }
    }
    throw new Error('The row shows no tooltip.');
  }

  /** Brings the last row into sight; it gets the focus. */
  async scrollToEnd(): Promise<void> {
    await this.root.locator('.monaco-list').first().focus();
    await this.page.keyboard.press('End');
  }

  /**
   * Folds every row of the view, also within folded ones. A row that is only just being revealed
   * unfolds its parents again.
   */
  async collapseAll(): Promise<void> {
    const unfolded = this.root.locator('.monaco-list-row[aria-expanded="true"]');
    for (let attempt = 0; attempt < 5; attempt++) {
      await this.titleAction('Collapse All');
      const deadline = Date.now() + 2_000;
      while (Date.now() < deadline) {
        if ((await unfolded.count()) === 0) return;
        await this.page.waitForTimeout(50);
      }
    }
    throw new Error('The tree does not collapse.');
  }

  /**
   * Expands one row, or each row of a path in turn. A live tree may move the row between finding it
   * and clicking its arrow, so that the click lands on another one: then it is tried again.
   */
  async expand(...path: readonly string[]): Promise<void> {
    for (let depth = 1; depth <= path.length; depth++) {
      const part = path.slice(0, depth);
      let isExpanded = await this.isExpanded(part, 0);
      for (let attempt = 0; attempt < 4 && !isExpanded; attempt++) {
        await (await this.rowByPath(...part)).locator('.monaco-tl-twistie').click();
        isExpanded = await this.isExpanded(part, 3_000);
      }
      if (!isExpanded) throw new Error(`The row ${part.join(' › ')} does not expand.`);
    }
  }

  private async isExpanded(path: readonly string[], patienceMs: number): Promise<boolean> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const row = await this.rowByPath(...path);
      if ((await row.getAttribute('aria-expanded')) === 'true') return true;
      if (Date.now() >= deadline) return false;
      await this.page.waitForTimeout(50);
    }
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
