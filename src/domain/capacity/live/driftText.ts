import { percent, short } from '../plan/report';
import type { Comparison, Drift, DriftKind } from './drift';
import type { Headroom } from './headroom';

const KINDS: readonly (readonly [DriftKind, string])[] = [
  ['topology', 'Servers'],
  ['workload', 'Load'],
  ['service', 'Latency'],
  ['state', 'What it holds'],
  ['config', 'Configuration in effect'],
];
const VERDICTS = { drift: 'DRIFT  ', unknown: 'unknown', same: 'same   ' } as const;

/** The comparison as a text, what differs first in each part. */
export function driftText({ comparisons, headroom }: Drift): string {
  const count = (verdict: Comparison['verdict']): number =>
    comparisons.filter((one) => one.verdict === verdict).length;
  const order: readonly Comparison['verdict'][] = ['drift', 'unknown', 'same'];
  return [
    `${count('drift')} of ${comparisons.length} differ from the plan, ${count('unknown')} are unknown.`,
    '',
    'Headroom',
    `  ${headroomText(headroom)}`,
    ...KINDS.flatMap(([kind, title]) => {
      const own = comparisons
        .filter((one) => one.kind === kind)
        .sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
      return own.length === 0
        ? []
        : ['', title, ...own.map(({ verdict, message }) => `  ${VERDICTS[verdict]}  ${message}`)];
    }),
    '',
  ].join('\n');
}

export function headroomText(headroom: Headroom): string {
  const { load, capacity, left, linearHours, exponentialHours, why } = headroom;
  const now =
    left > 0
      ? `${percent(left)} left: ${short(load)} of ${short(capacity)} operations/s`
      : `none left: ${short(load)} operations/s, ${short(capacity)} are possible`;
  if (linearHours === undefined) return `${now}; ${why}.`;
  const compound =
    exponentialHours === undefined
      ? ''
      : `, ${hoursText(exponentialHours)} if that growth compounds`;
  return `${now}; ${why}: full in ${hoursText(linearHours)}${compound}.`;
}

const hoursText = (hours: number): string =>
  hours < 48 ? `${short(hours)} hours` : `${short(hours / 24)} days`;
