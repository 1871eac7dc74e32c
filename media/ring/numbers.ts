import { format } from 'd3';

const oneDigit = format('.1f');
const twoDigits = format('.2f');

/** A part of 1 as people read it. */
export const percent = (part: number): string => `${oneDigit(part * 100)} %`;
export const ratio = (value: number): string => twoDigits(value);
export const grouped = format(',d');
