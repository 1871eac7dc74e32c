import { CHARTS } from './charts';
import { type Row, valueAt } from './rows';

/** One line for each server and moment, and one for the whole ensemble, as RFC 4180 has it. */
export function csvOf(rows: readonly Row[], servers: readonly string[]): string {
  const lines = [['time', 'server', ...CHARTS].join(',')];
  for (const row of rows) {
    const time = new Date(row.at).toISOString();
    ['all', ...servers].forEach((name, index) => {
      const values = CHARTS.map((_, chart) => numberText(valueAt(row, chart, index - 1)));
      if (values.some((value) => value !== '')) {
        lines.push([time, cell(name), ...values].join(','));
      }
    });
  }
  return `${lines.join('\r\n')}\r\n`;
}

const numberText = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(9))) : '';

/** Names come from servers: a spreadsheet must not take them for formulas. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
