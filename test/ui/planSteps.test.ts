import { readdir } from 'node:fs/promises';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWorkbench } from './support/openWorkbench';
import { screenshotOnFailure } from './support/failures';
import { PlanWizard } from './support/planWizard';
import type { Workbench } from './support/workbench';

const KINDS = ['ensemble', 'metadata', 'queue', 'database', 'cache'] as const;

describe('every step of a plan', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await openWorkbench();
    return () => workbench.close();
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  /** What a step asks and proposes. */
  const asked = async (): Promise<string[]> => {
    const { quickInput } = workbench;
    return [await quickInput.placeholder(), await quickInput.value(), await quickInput.active()];
  };

  it.each(KINDS)('goes back to the one before and on to itself: %s', async (kind) => {
    const { quickInput } = workbench;
    const wizard = new PlanWizard(workbench, kind);
    await wizard.start();
    const total = await wizard.at(1);
    expect(total).toBeGreaterThan(5);
    for (let step = 2; step <= total; step++) {
      await quickInput.accept();
      await wizard.at(step);
      const before = await asked();
      await quickInput.backByKey();
      await wizard.at(step - 1);
      await quickInput.accept();
      await wizard.at(step);
      await expect.poll(asked).toEqual(before);
    }
    await quickInput.cancel();
  });

  it.each(KINDS)('is left by Escape with nothing behind: %s', async (kind) => {
    const before = await readdir(workbench.workspace);
    const wizard = new PlanWizard(workbench, kind);
    await wizard.start();
    const total = await wizard.at(1);
    for (let last = 1; last <= total; last++) {
      if (last > 1) await wizard.start();
      await wizard.acceptUpTo(1, total - last + 1);
      await workbench.quickInput.cancel();
    }
    expect(await readdir(workbench.workspace)).toEqual(before);
    expect(await workbench.page.locator('.tab').count()).toBe(0);
    await wizard.start();
    await wizard.at(1);
    expect(await workbench.quickInput.option('Last answers').count()).toBe(0);
    await workbench.quickInput.cancel();
  });
});
