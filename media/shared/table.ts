import { element } from './dom';

/** A table whose first column names its rows. Cells are texts or elements. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly (string | Node)[])[],
  caption?: string,
): HTMLElement {
  const head = element('tr', {}, ...columns.map((title) => element('th', { scope: 'col' }, title)));
  const body = rows.map(([first = '', ...others]) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, first),
      ...others.map((cell) => element('td', {}, cell)),
    ),
  );
  const made = element('table', {}, element('thead', {}, head), element('tbody', {}, ...body));
  if (caption !== undefined) made.prepend(element('caption', {}, caption));
  const scroll = element('div', { className: 'scroll', tabIndex: 0 }, made);
  scroll.setAttribute('role', 'region');
  scroll.setAttribute('aria-label', caption ?? columns[0] ?? '');
  return scroll;
}
