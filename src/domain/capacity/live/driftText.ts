import { percent, short } from '../plan/report';
import { countOf, type Drift, type DriftKind, type Verdict } from './drift';
import type { Headroom } from './headroom';
import { wrapped } from './wrapped';

const KINDS: readonly (readonly [DriftKind, string])[] = [
  ['topology', 'Servers'],
  ['workload', 'Load'],
  ['service', 'Latency'],
  ['state', 'What it holds'],
  ['config', 'Configuration in effect'],
];
/** What needs attention comes first. */
const VERDICTS: Readonly<Record<Verdict, string>> = {
  drift: 'DRIFT',
  unknown: 'unknown',
  below: 'below',
  within: 'within',
  same: 'same',
};
const ORDER = Object.keys(VERDICTS);

/** The comparison as a text, what differs first in each part. */
export function driftText(drift: Drift): string {
  const { comparisons, headroom } = drift;
  const differing = countOf(drift, 'drift');
  return [
    `${differing} of ${comparisons.length} points ${differing === 1 ? 'differs' : 'differ'} ` +
      `from the plan, ${countOf(drift, 'unknown')} unknown.`,
    '',
    'Headroom',
    wrapped(`  ${headroomText(headroom)}`, 2),
    ...KINDS.flatMap(([kind, title]) => {
      const own = comparisons
        .filter((one) => one.kind === kind)
        .sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
      return own.length === 0
        ? []
        : [
            '',
            title,
            ...own.map(({ verdict, message }) =>
              wrapped(`  ${VERDICTS[verdict].padEnd(7)}  ${message}`, 11),
            ),
          ];
    }),
    '',
  ].join('\n');
}

export function headroomText(headroom: Headroom): string {
  if (headroom.kind === 'unknown') return `unknown: ${headroom.why}.`;
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
