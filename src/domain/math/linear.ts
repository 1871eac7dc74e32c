export type Matrix = readonly (readonly number[])[];

/**
 * Solves A·x = b by Gaussian elimination with partial pivoting; undefined when A is singular to
 * working precision. A is square, b as long as it; O(n³).
 */
export function solveLinear(a: Matrix, b: readonly number[]): number[] | undefined {
  const rows = a.map((row, i) => [...row, b[i] ?? 0]);
  const size = Math.max(0, ...a.flat().map(Math.abs));
  for (let column = 0; column < rows.length; column++) {
    const pivot = rows
      .slice(column)
      .reduce((best, row) =>
        Math.abs(row[column] ?? 0) > Math.abs(best[column] ?? 0) ? row : best,
      );
    const head = pivot[column] ?? 0;
    if (!(Math.abs(head) > size * 1e-15)) return undefined;
    const at = rows.indexOf(pivot);
    [rows[at], rows[column]] = [rows[column] ?? [], pivot];
    for (const row of rows.slice(column + 1)) subtract(row, pivot, (row[column] ?? 0) / head);
  }
  const x = new Array<number>(rows.length).fill(0);
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i] ?? [];
    let rest = row[rows.length] ?? 0;
    for (let j = i + 1; j < rows.length; j++) rest -= (row[j] ?? 0) * (x[j] ?? 0);
    x[i] = rest / (row[i] ?? 1);
  }
  return x;
}

function subtract(row: number[], pivot: readonly number[], factor: number): void {
  if (factor === 0) return;
  for (let j = 0; j < row.length; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
}
