import type * as vscode from 'vscode';
import { CHART_UNITS, type ChartId, CHARTS } from '../../domain/dashboard/charts';
import type { Marker } from '../../domain/dashboard/markers';
import { displayName } from '../../domain/znode/displayName';
import type { DashboardChart, DashboardStrings } from '../../protocol/dashboard';

type Translate = Pick<typeof vscode.l10n, 't'>;

/** All texts of the page itself. */
export function dashboardStrings({ t }: Translate): DashboardStrings {
  return {
    connect: t('Connect'),
    pause: t('Pause'),
    resume: t('Resume'),
    choosePlan: t('Compare with Plan…'),
    exportCsv: t('Export CSV…'),
    help: t('About the Numbers'),
    span: t('Show'),
    span5: t('5 minutes'),
    span15: t('15 minutes'),
    span60: t('1 hour'),
    server: t('Server'),
    role: t('Role'),
    all: t('all'),
    hide: t('Show or hide {0}'),
    planned: t('planned'),
    limit: t('limit {0}'),
    probe: t('{0}: arrow keys go from sample to sample'),
    unknown: t('not known'),
    noValues: t('no values'),
    incomplete: t('{0} (incomplete)'),
    waiting: t('Waiting for the second sample…'),
    events: t('Events'),
    noEvents: t('Nothing happened since this was opened.'),
    percentiles: t('Percentiles'),
    percentilesHint: t(
      'As the servers keep them: since their start or the last reset, not of the last hour.',
    ),
    latest: t('Latest values'),
    at: t('At {0}'),
  };
}

/** The charts with their titles and how their values come about. */
export function dashboardCharts({ t }: Translate): DashboardChart[] {
  const texts: Record<ChartId, readonly [title: string, hint: string]> = {
    writes: [
      t('Writes'),
      t('By the server whose client asked; all: transactions by the zxid, sessions included.'),
    ],
    reads: [
      t('Reads'),
      t('Without pings, as far as they are known; all: those of the servers that tell.'),
    ],
    writeTime: [t('Mean time of a write'), t('In the server, over each interval.')],
    readTime: [t('Mean time of a read'), t('In the server, over each interval, pings included.')],
    fsyncTime: [t('Mean time of an fsync'), t('Of the transaction log, over each interval.')],
    batch: [t('Transactions per fsync'), t('Mean over each interval.')],
    outstanding: [t('Outstanding requests'), t('At the moment of the sample.')],
    connections: [t('Connections'), t('Our own are among them.')],
    znodes: [t('Znodes'), ''],
    dataBytes: [t('Data'), t('Paths and data of all znodes; the heap needs more.')],
    elections: [t('Elections'), t('That the server took part in, in each interval.')],
  };
  return CHARTS.map((id) => {
    const [title, hint] = texts[id];
    const hasTotal = id === 'writes' || id === 'reads';
    return { id, title, hint, unit: CHART_UNITS[id], hasTotal };
  });
}

/** What happened, in one clause. */
export function markerText(marker: Marker, { t }: Translate): string {
  switch (marker.kind) {
    case 'leader':
      return marker.from === undefined
        ? t('{0} leads', displayName(marker.to))
        : t('{0} leads instead of {1}', displayName(marker.to), displayName(marker.from));
    case 'quorumLost':
      return t('the quorum was lost: nothing can be written');
    case 'quorumBack':
      return t('there is a quorum again');
    case 'epoch':
      return t('a new epoch began');
    case 'restarted':
      return t('{0} was started anew', displayName(marker.server));
    case 'reset':
      return t('the counters of {0} were reset', displayName(marker.server));
    case 'lost':
      return t('{0} does not answer', displayName(marker.server));
    case 'notServing':
      return t('{0} runs, but does not serve: it has no quorum', displayName(marker.server));
    case 'serves':
      return t('{0} serves again', displayName(marker.server));
    case 'back':
      return t('{0} answers again', displayName(marker.server));
    case 'joined':
      return t('{0} joined', displayName(marker.server));
    case 'removed':
      return t('{0} is no member any more', displayName(marker.server));
  }
}

/** Where the bands are from, or why there are none. */
export function planText(
  plan: { readonly file: string; readonly problem?: string } | undefined,
  { t }: Translate,
): string {
  if (plan === undefined) return '';
  return plan.problem === undefined
    ? t('Bands of {0}', plan.file)
    : t('The plan {0} cannot be used: {1}', plan.file, plan.problem);
}

/** The columns of the percentiles. */
export function percentileColumns({ t }: Translate): string[] {
  return [
    ...[t('Read p50'), t('Read p99'), t('Read p99.9')],
    ...[t('Write p50'), t('Write p99'), t('Write p99.9')],
    ...[t('fsync p50'), t('fsync p99'), t('fsync p99.9')],
  ];
}
