import { ticks } from 'd3';
import { short } from '../../src/domain/capacity/plan/report';
import { valueText } from '../../src/domain/capacity/plan/text';
import type { Unit } from '../../src/domain/capacity/result';

/** A line of the grid with its name. */
export interface Tick {
  readonly value: number;
  readonly text: string;
}

const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
const ABOUT = 3;

/** Lines of an axis from nothing to `top`: round in one unit, the one that suits the top. */
export function ticksOf(top: number, unit: Unit): Tick[] {
  const { size, name } = scaleOf(top, unit);
  return ticks(0, top / size, ABOUT).map((count) => ({
    value: count * size,
    text:
      count === 0 ? '0' : name === undefined ? valueText(count, unit) : `${short(count)} ${name}`,
  }));
}

/** How large one of the unit is, and its name where it is not that of plain values. */
function scaleOf(top: number, unit: Unit): { readonly size: number; readonly name?: string } {
  if (unit === 's') return top < 1 ? { size: 1e-3, name: 'ms' } : { size: 1, name: 's' };
  if (unit !== 'B') return { size: 1 };
  const power = Math.min(Math.floor(Math.log(Math.max(1, top)) / Math.log(1024)), BYTES.length - 1);
  return { size: 1024 ** power, name: BYTES[power] ?? 'B' };
}
