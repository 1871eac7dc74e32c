import { valueText } from '../../src/domain/capacity/plan/text';
import type { Unit } from '../../src/domain/capacity/result';
import { formatCount } from '../../src/domain/znode/format';

/** A value in short. Servers count whole milliseconds: a mean of none is less than one. */
export function shortText(value: number, unit: Unit): string {
  return unit === 's' && value === 0 ? '< 1 ms' : valueText(value, unit);
}

/** The same with counts and bytes in full, so that servers can be compared. */
export function fullText(value: number, unit: Unit): string {
  if (unit === 'B') return `${formatCount(Math.round(value))} B`;
  return unit === '1' && Number.isInteger(value) ? formatCount(value) : shortText(value, unit);
}
