import type * as vscode from 'vscode';
import type { PlanResult } from '../../domain/capacity/plan/report';
import type { ReportGroup } from '../../protocol/report';

type Translate = Pick<typeof vscode.l10n, 't'>;

/** Candidates for the top of the page; those that a plan has are shown, at most `MOST_HEADLINES`. */
const HEADLINES = [
  ...['pool.servers', 'pool.response.p99', 'pool.costPerMonth', 'metadata.response'],
  ...['database.read.p99', 'queue.consumersPerGroup'],
  ...['ensemble.voters', 'ensemble.writeLatency', 'ensemble.outage', 'ensemble.heap'],
];
const MOST_HEADLINES = 8;

/** What leads from the demand to the ensemble. */
const CHAIN = [
  ...['pool.requestsPerSecond', 'pool.serverLimit', 'pool.imbalance', 'pool.servers'],
  ...['pool.response.p99', 'cache.memory', 'queue.consumersPerGroup', 'database.disk'],
  ...['zooKeeper.sessions', 'zooKeeper.reads', 'zooKeeper.writes', 'ensemble.voters'],
  ...['ensemble.observers', 'ensemble.capacity', 'ensemble.utilisation', 'ensemble.logResponse'],
  ...['ensemble.writeLatency', 'ensemble.heap', 'ensemble.disk', 'ensemble.initLimit'],
];

type Results = readonly Pick<PlanResult, 'name'>[];

export const headlineOf = (results: Results): string[] =>
  present(HEADLINES, results).slice(0, MOST_HEADLINES);

export const chainOf = (results: Results): string[] => present(CHAIN, results);

function present(names: readonly string[], results: Results): string[] {
  const known = new Set(results.map(({ name }) => name));
  return names.filter((name) => known.has(name));
}

/** All results under headings, in the order of the plan. */
export function groupsOf(results: Results, { t }: Translate): ReportGroup[] {
  const titles: Readonly<Record<string, string>> = {
    pool: t('Pool'),
    zooKeeper: t('Load on ZooKeeper'),
    ensemble: t('Ensemble'),
  };
  const groups = new Map<string, string[]>();
  for (const { name } of results) {
    const [first = ''] = name.split('.');
    const title = titles[first] ?? t('Scenario');
    groups.set(title, [...(groups.get(title) ?? []), name]);
  }
  return [...groups].map(([title, names]) => ({ title, names }));
}
