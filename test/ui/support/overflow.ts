import type { FrameLocator } from 'playwright-core';

/** By how many pixels a page is wider than its room: 0 when everything fits. */
export async function overflowOf(page: FrameLocator): Promise<number> {
  return page
    .locator('html')
    .evaluate((html: { scrollWidth: number; clientWidth: number }) =>
      Math.max(0, html.scrollWidth - html.clientWidth),
    );
}
