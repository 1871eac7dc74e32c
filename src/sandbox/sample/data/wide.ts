import { below, type SampleNode } from './node';

export const WIDE_COUNT = 5_000;

/** One znode with very many children. */
export function wide(): SampleNode[] {
  const children = Array.from({ length: WIDE_COUNT }, (_, i) => [
    `item-${String(i).padStart(4, '0')}`,
    `value ${String(i)}`,
  ]);
  return below('/wide', Object.fromEntries(children) as Record<string, string>);
}
