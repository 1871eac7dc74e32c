export type CsvCell = string | number;

/** Text with which spreadsheets begin to calculate. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Rows as RFC 4180 has them, with `\n` after each. Text that a spreadsheet would take for a formula
 * gets an apostrophe in front: names come from others.
 */
export function csv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
}

function cell(value: CsvCell): string {
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const MAX_ROWS = 100_000;

/**
 * The cells of a CSV text, row by row, without empty rows. Commas, semicolons or tabs part the cells,
 * whichever the first line has; quotes as in RFC 4180.
 */
export function parseCsv(text: string): string[][] {
  const separator = separatorOf(text.slice(0, text.search(/[\r\n]|$/)));
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = new RegExp(
    `("(?:[^"]|"")*"|[^${separator}\\r\\n]*)(${separator}|\\r?\\n|\\r|$)`,
    'gy',
  );
  for (const match of text.replace(/^\ufeff/, '').matchAll(cells)) {
    const [all, raw = '', end = ''] = match;
    if (all === '' && row.length === 0) break;
    row.push(
      /^".*"$/s.test(raw) && raw.length > 1 ? raw.slice(1, -1).replaceAll('""', '"') : raw.trim(),
    );
    if (end === separator) continue;
    if (row.some((one) => one !== '')) rows.push(row);
    row = [];
    if (rows.length >= MAX_ROWS || end === '') break;
  }
  return rows;
}

function separatorOf(line: string): string {
  const counts = [',', ';', '\t'].map((one) => ({ one, count: line.split(one).length }));
  return counts.sort((a, b) => b.count - a.count)[0]?.one ?? ',';
}
