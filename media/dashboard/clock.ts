import { timeFormat } from 'd3';

/** The time of day, to the second, for events and crosshairs. */
export const clock = timeFormat('%H:%M:%S');

const minutes = timeFormat('%H:%M');

/** The same on an axis: seconds only where there are some. */
export const tickClock = (time: Date): string =>
  time.getSeconds() === 0 ? minutes(time) : clock(time);
