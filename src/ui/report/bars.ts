import type * as vscode from 'vscode';
import { goalUses, serversByConstraint } from '../../domain/capacity/charts/constraints';
import { outagesByLayout } from '../../domain/capacity/charts/outages';
import type { Evaluation } from '../../domain/capacity/plan/evaluate';
import type { PlanInput } from '../../domain/capacity/plan/inputFields';
import type { Plan } from '../../domain/capacity/plan/plan';
import { percent, short } from '../../domain/capacity/plan/report';
import { longTime, type TextOf } from '../../domain/capacity/plan/text';
import type { ReportBars } from '../../protocol/report';
import { goalValues, type LabelOf } from '../resultText';

type Translate = Pick<typeof vscode.l10n, 't'>;

/** Servers of the pool by constraint, from the most to the fewest. */
export function needBars(
  planned: Evaluation,
  labelOf: LabelOf,
  { t }: Translate,
): ReportBars | undefined {
  const chart = serversByConstraint(planned);
  if (chart === undefined) return undefined;
  return {
    id: 'needs',
    title: t('Servers of the pool that each constraint asks for'),
    hint: t(
      'The largest binds: {0} must be left after failures, so {1} are built.',
      chart.survivors,
      chart.servers,
    ),
    columns: [t('Constraint'), t('Servers'), t('Why')],
    scale: 'linear',
    bars: chart.needs.map(({ id, servers, because, binds }) => ({
      label: labelOf(`pool.need.${id}`),
      value: servers,
      text: short(servers),
      note: because,
      basis: `pool.need.${id}`,
      state: binds ? 'planned' : 'other',
    })),
  };
}

/** Bars end there: one goal that is missed by far must not make all others invisible. */
const MOST_USED = 3;

/** How much of each goal and limit is used, the nearest to its end first. */
export function goalBars(
  plan: Plan,
  labelOf: LabelOf,
  textOf: TextOf,
  l10n: Translate,
): ReportBars {
  const { t } = l10n;
  const uses = goalUses(plan);
  return {
    id: 'goals',
    title: t('How much of each goal and limit is used'),
    hint: t('The line is the limit. The longest bar is the one to watch.'),
    columns: [t('Goal or limit'), t('Used'), t('Value and limit')],
    scale: 'linear',
    limit: 1,
    bars: uses.map((goal, i) => {
      const { name, used, isMet, advice } = goal;
      const values = goalValues(goal, textOf, l10n);
      return {
        label: labelOf(name),
        value: Math.min(used, MOST_USED),
        text: Number.isFinite(used) ? percent(used) : t('without end'),
        note: isMet ? values : `${values}. ${advice}`,
        basis: basisOf(name, plan),
        state: isMet ? (i === 0 ? 'planned' : 'other') : 'over',
      };
    }),
  };
}

/** Minutes a year without a quorum, by how voters lie in zones. */
export function outageBars(input: PlanInput, planned: Evaluation, { t }: Translate): ReportBars {
  const { layouts, goalMinutes } = outagesByLayout(input, planned);
  const survives = (servers: number, anyZone: boolean): string => {
    if (servers === 0) return t('nothing');
    const lost = servers === 1 ? t('any one server') : t('any {0} servers', servers);
    return anyZone ? t('{0}, any one zone', lost) : lost;
  };
  return {
    id: 'outages',
    title: t('Outage a year by layout of the voters'),
    hint: t(
      'The line is the goal. The scale is logarithmic: a bar a little longer is many times worse.',
    ),
    columns: [t('Voters by zone'), t('Outage a year'), t('Survives')],
    scale: 'log',
    limit: 60 * goalMinutes,
    bars: layouts.map(({ layout, minutesAYear, isPlanned, survivesAnyZone, tolerated }) => ({
      label: layout.join(' + '),
      value: 60 * minutesAYear,
      text: longTime(60 * minutesAYear),
      note: survives(tolerated, survivesAnyZone),
      basis: 'ensemble.outage',
      state: isPlanned ? 'planned' : minutesAYear > goalMinutes ? 'over' : 'other',
    })),
  };
}

/** Results whose model is that of a goal with another name. */
const BASES: readonly (readonly [goal: RegExp, result: string])[] = [
  [/^limit\./, 'ensemble.connections'],
  [/^pool\.response$/, 'pool.response.p99'],
  [/^cache\.backingStore$/, 'cache.missesAfterLossPerSecond'],
  [/^database\.connections$/, 'database.connectionsInUse'],
  [/^metadata\.largestDirectory$/, 'zooKeeper.mostChildren'],
];

function basisOf(goal: string, { results }: Plan): string {
  if (results.some(({ name }) => name === goal)) return goal;
  return BASES.find(([pattern]) => pattern.test(goal))?.[1] ?? '';
}
