import { type Band, limitText, loadBands, stateBands } from './bands';
import type { PlanFacts } from './facts';
import type { ConfigFile } from './file';
import { measureOf, type MonitoringOptions } from './prometheus';
import { oneLine } from './text';
import { planLine } from './zooCfg';

const WIDTH = 8;
const HEIGHT = 7;
const COLUMNS = 3;
/** Ids of panels start here, so that those of a person's own do not meet them. */
const FIRST_ID = 9000;

/** A dashboard with the plan's limits as lines. */
export function grafanaDashboard(
  facts: PlanFacts,
  { planFile, name }: MonitoringOptions,
): ConfigFile {
  const dashboard = {
    uid: `zkw-${name}`.slice(0, 40),
    title: oneLine(`ZooKeeper ${name}`),
    description: planLine(facts, planFile),
    tags: ['zookeeper', 'zookeeper-workbench'],
    timezone: 'browser',
    schemaVersion: 38,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    templating: {
      list: [
        {
          name: 'datasource',
          label: 'Data source',
          type: 'datasource',
          query: 'prometheus',
          hide: 0,
        },
      ],
    },
    panels: [...loadBands(facts), ...stateBands(facts)].map((band, at) => panel(band, name, at)),
  };
  return {
    path: 'grafana-dashboard.json',
    text: `${JSON.stringify(dashboard, null, 2)}\n`,
    merge: { kind: 'json' },
  };
}

function panel(band: Band, name: string, at: number): object {
  const { title, limit, below = false, unit, reason } = band;
  const [inside, outside] = below ? ['red', 'green'] : ['green', 'red'];
  return {
    id: FIRST_ID + at,
    type: 'timeseries',
    title,
    description: oneLine(`${below ? 'At least' : 'At most'} ${limitText(band)}: ${reason}`),
    datasource: { type: 'prometheus', uid: '${datasource}' },
    gridPos: {
      x: (at % COLUMNS) * WIDTH,
      y: Math.floor(at / COLUMNS) * HEIGHT,
      w: WIDTH,
      h: HEIGHT,
    },
    targets: [{ refId: 'A', expr: measureOf(band, name), legendFormat: title }],
    fieldConfig: {
      defaults: {
        unit,
        custom: { thresholdsStyle: { mode: 'line' } },
        thresholds: {
          mode: 'absolute',
          steps: [
            { color: inside, value: null },
            { color: outside, value: limit },
          ],
        },
      },
      overrides: [],
    },
    options: { legend: { showLegend: false }, tooltip: { mode: 'single' } },
  };
}
