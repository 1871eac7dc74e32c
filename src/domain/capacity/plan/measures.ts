import {
  BYTES,
  BYTES_PER_SECOND,
  COUNT,
  DOLLARS,
  HOURS,
  type Measure,
  MILLISECONDS,
  MINUTES_PER_YEAR,
  MONTHS,
  PER_HOUR,
  PER_SECOND,
  SECONDS,
  SHARE,
} from '../../quantity';
import type { NumberField } from './fields';

/** Names of inputs end in their unit; the first ending that fits decides. */
const ENDINGS: readonly (readonly [RegExp, Measure])[] = [
  [/BytesPerSecond$/, BYTES_PER_SECOND],
  [/PerSecond$/, PER_SECOND],
  [/PerHour$/, PER_HOUR],
  [/MinutesPerYear$/, MINUTES_PER_YEAR],
  [/^pricePerMonth$/, DOLLARS],
  [/^growthPerYear$/, SHARE],
  [/Bytes$/, BYTES],
  [/Ms$/, MILLISECONDS],
  [/Seconds$/, SECONDS],
  [/Hours$/, HOURS],
  [/Months$/, MONTHS],
];

/** What the number of an input means; `name` is the input's, of a list the list's. */
export function measureOf(name: string, { maximum, whole }: NumberField): Measure {
  const named = ENDINGS.find(([ending]) => ending.test(name))?.[1];
  return named ?? (maximum <= 1 && !whole ? SHARE : COUNT);
}
