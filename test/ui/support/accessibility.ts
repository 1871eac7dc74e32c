import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Workbench } from './workbench';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}
/** Present in the page once its source was run there. */
declare const axe: { run(): Promise<{ violations: Violation[] }> };

/** What axe-core finds wrong in the visible webview, one line for each element. */
export async function accessibilityProblems(workbench: Workbench): Promise<string[]> {
  const body = await workbench.webview().locator('body').elementHandle();
  const frame = await body.ownerFrame();
  if (!frame) throw new Error('no webview is visible');
  const source = await readFile(
    createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
    'utf8',
  );
  await frame.evaluate(source);
  const violations = await frame.evaluate(async () => (await axe.run()).violations);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}
