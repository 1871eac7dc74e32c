import { select } from 'd3';

/** The titles of the columns of a table that has a row for them. */
export function showHead(table: HTMLTableElement, titles: readonly string[]): void {
  select(table.tHead?.rows[0] ?? null)
    .selectAll('th')
    .data(titles)
    .join('th')
    .attr('scope', 'col')
    .text((text) => text);
}
