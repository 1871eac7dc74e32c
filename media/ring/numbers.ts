import { format } from 'd3';
import type { RingSnapshot } from '../../src/protocol/ring';
import { positionOf } from './geometry';

const oneDigit = format('.1f');
const twoDigits = format('.2f');
const twoSignificant = format('.2~r');

/** Smaller parts, in percent, are what rounding leaves. */
const NOTHING = 0.0001;

/** A part of 1 as people read it; of small parts more digits. */
export function percent(part: number): string {
  const value = part * 100;
  if (value !== 0 && Math.abs(value) < NOTHING) return '≈ 0 %';
  const isSmall = value !== 0 && Math.abs(value) < 0.1;
  return `${isSmall ? twoSignificant(value) : oneDigit(value)} %`;
}
export const ratio = (value: number): string => twoDigits(value);
export const grouped = format(',d');

/** The hash at a position in turns, as 8 hex digits. */
export const hex = (turn: number): string => hash32(positionOf(turn));
export const hash32 = (position: number): string => position.toString(16).padStart(8, '0');

/** Which part of a picture is now and which is under the what-if; '' without one. */
export function bandsText({ strings, now, after }: RingSnapshot): string {
  if (!after) return '';
  return now?.picture.kind === 'ring' ? strings.outerInner : strings.aboveBelow;
}
