import type { Page } from 'playwright-core';

/** Runs in the window, where there is a DOM: notes the label of each row in which anything changes. */
const START = `(() => {
  const touched = new Set();
  const observer = new MutationObserver((records) => {
    for (const { target } of records) {
      const element = target.nodeType === 1 ? target : target.parentElement;
      const row = element?.closest('.monaco-list-row');
      if (row) touched.add(row.querySelector('.label-name')?.textContent.trim());
    }
  });
  observer.observe(document.querySelector('.part.sidebar .monaco-list-rows'), {
    childList: true, characterData: true, subtree: true,
  });
  globalThis.stopNotingRows = () => (observer.disconnect(), [...touched]);
})()`;

/** The labels of the rows of the side bar whose content is touched while the action runs. */
export async function touchedRows(page: Page, action: () => Promise<void>): Promise<string[]> {
  await page.evaluate(START);
  await action();
  return page.evaluate('globalThis.stopNotingRows()');
}
