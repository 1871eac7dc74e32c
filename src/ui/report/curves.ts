import type * as vscode from 'vscode';
import { ensembleLatency, poolLatency } from '../../domain/capacity/charts/latency';
import { throughputBySize } from '../../domain/capacity/charts/throughput';
import type { Evaluation } from '../../domain/capacity/plan/evaluate';
import type { PlanInput } from '../../domain/capacity/plan/inputFields';
import { percent, short } from '../../domain/capacity/plan/report';
import { valueText } from '../../domain/capacity/plan/text';
import type { ReportCurves } from '../../protocol/report';

type Translate = Pick<typeof vscode.l10n, 't'>;

/** The pictures with curves, the pool first where there is one. */
export function reportCurves(
  input: PlanInput,
  planned: Evaluation,
  l10n: Translate,
): ReportCurves[] {
  return [
    poolCurves(input, planned, l10n),
    ensembleCurves(input, planned, l10n),
    throughputCurves(planned, l10n),
  ].filter((one) => one !== undefined);
}

function poolCurves(
  input: PlanInput,
  planned: Evaluation,
  { t }: Translate,
): ReportCurves | undefined {
  const chart = poolLatency(input, planned);
  if (chart === undefined) return undefined;
  const own = chart.curves.at(-1)?.id ?? '';
  const [load, latency] = chart.planned;
  return {
    id: 'pool',
    title: t('Response of the pool'),
    chart,
    xLabel: t('requests/s, all servers'),
    yLabel: t('response of the fullest server'),
    curveLabels: Object.fromEntries(chart.curves.map(({ id }) => [id, id])),
    ownCurve: own,
    summary: t(
      'At {0} planned, {1} is {2}; it grows without end at {3}.',
      valueText(load, '1/s'),
      own,
      valueText(latency, 's'),
      valueText(chart.saturation ?? null, '1/s'),
    ),
    figures: ['pool.requestsPerSecond', `pool.response.${own}`, 'pool.utilisation'],
  };
}

function ensembleCurves(input: PlanInput, planned: Evaluation, { t }: Translate): ReportCurves {
  const chart = ensembleLatency(input, planned);
  const [load, latency] = chart.planned;
  return {
    id: 'ensemble',
    title: t('Write to the ensemble'),
    chart,
    xLabel: t('operations/s, reads and writes in the same mix'),
    yLabel: t('mean time of a write'),
    curveLabels: { write: t('write') },
    ownCurve: 'write',
    summary: t(
      'At {0} planned, a write takes {1}; the ensemble is full at {2}.',
      valueText(load, '1/s'),
      valueText(latency, 's'),
      valueText(chart.saturation ?? null, '1/s'),
    ),
    figures: ['ensemble.writeLatency', 'ensemble.utilisation', 'ensemble.capacity'],
  };
}

function throughputCurves(planned: Evaluation, { t }: Translate): ReportCurves {
  const chart = throughputBySize(planned);
  const [share, load] = chart.planned;
  const { voters, observers } = planned.shape.shape;
  return {
    id: 'throughput',
    title:
      observers === 0
        ? t('Throughput by voters and share of reads')
        : t('Throughput by voters and share of reads, with {0} observers', observers),
    chart,
    xLabel: t('share of reads'),
    yLabel: t('operations/s at saturation'),
    curveLabels: Object.fromEntries(chart.curves.map(({ id }) => [id, t('{0} voters', id)])),
    ownCurve: String(voters),
    summary: t(
      'More voters write more slowly and read faster: {0} voters can do {1} at {2} reads, {3} are planned.',
      voters,
      `${short(planned.shape.capacity)}/s`,
      percent(share),
      `${short(load)}/s`,
    ),
    figures: ['ensemble.capacity', 'ensemble.voters', 'ensemble.observers'],
  };
}
