import { onTestFailed } from 'vitest';
import type { Workbench } from './workbench';

/** Call in a `beforeEach`: a test that fails leaves a picture of its window in test/output. */
export function screenshotOnFailure(workbench: () => Workbench | undefined): void {
  onTestFailed(async ({ task }) => {
    await workbench()
      ?.screenshot(`failed-${task.name}`)
      .catch(() => {});
  });
}
