import { CHART_UNITS, CHARTS } from './charts';
import { type Row, type Rows, valueAt } from './rows';

/** Something that happened, in words. */
export interface CsvEvent {
  readonly at: number;
  readonly text: string;
}

/**
 * One line for each server and moment, and one for the whole ensemble with what happened until then,
 * as RFC 4180 has it. Units are in the names of the columns.
 */
export function csvOf(rows: Rows, events: readonly CsvEvent[]): string {
  const columns = CHARTS.map((id) => {
    const unit = CHART_UNITS[id];
    return unit === '1' ? id : `${id} (${unit})`;
  });
  const lines = [['time', 'server', 'role', 'events', ...columns].join(',')];
  for (const row of rows.all) {
    const time = new Date(row.at).toISOString();
    const happened = events.filter(({ at }) => at === row.at).map(({ text }) => text);
    const add = (index: number, texts: readonly string[]): void => {
      const values = CHARTS.map((_, chart) => numberText(valueAt(row, chart, index)));
      if ([...texts.slice(1), ...values].some((text) => text !== '')) {
        lines.push([time, ...texts.map(cell), ...values].join(','));
      }
    };
    add(-1, ['all', row.isPartial && hasReads(row) ? 'reads incomplete' : '', happened.join('; ')]);
    rows.servers.forEach((name, index) => add(index, [name, rows.roleAt(row, index) ?? '', '']));
  }
  return `${lines.join('\r\n')}\r\n`;
}

const hasReads = (row: Row): boolean => !Number.isNaN(valueAt(row, CHARTS.indexOf('reads'), -1));

const numberText = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(9))) : '';

/** Names come from servers: a spreadsheet must not take them for formulas. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
