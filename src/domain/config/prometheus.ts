import { type Band, limitText, loadBands, stateBands } from './bands';
import { block } from './blocks';
import type { PlanFacts } from './facts';
import type { ConfigFile, Kept } from './file';
import { reason, yamlText } from './text';
import { planLine } from './zooCfg';

export interface MonitoringOptions {
  readonly planFile: string;
  /** The `job` that Prometheus scrapes the servers as. */
  readonly name: string;
}

/** Alert rules whose limits are those of the plan. */
export function prometheusRules(
  facts: PlanFacts,
  { planFile, name }: MonitoringOptions,
): ConfigFile {
  const bands = [...loadBands(facts), ...stateBands(facts)];
  const lines = [
    reason(planLine(facts, planFile)),
    reason(
      `Scrape the servers' port 7000 as job "${name}"; their builds need the metrics provider.`,
    ),
    'groups:',
    `  - name: ${name}-plan`,
    '    rules:',
    ...bands.flatMap((band) => alert(band, name)),
    ...diskAlert(),
  ];
  return {
    path: 'prometheus-rules.yml',
    text: block('hash', 'rules', lines),
    merge: { kind: 'blocks', comment: 'hash', appends: false, keeps: [DISK_EXPRESSION] },
  };
}

/** The mount point is the machine's, and no plan knows it. */
const DISK_EXPRESSION: Kept = { below: '- alert: ZooKeeperDiskFull', part: /^\s*expr:(.*)$/ };

/** PromQL with the matchers of one job. */
export const measureOf = ({ measure }: Band, name: string): string =>
  measure.replaceAll('SELECTOR', `job="${name}"`);

/** The value of an alert as people read it, by the functions of Prometheus' templates. */
const VALUE: Readonly<Record<Band['unit'], string>> = {
  reqps: '{{ $value | humanize }}/s',
  s: '{{ $value | humanizeDuration }}',
  bytes: '{{ $value | humanize1024 }}B',
  percentunit: '{{ $value | humanizePercentage }}',
  short: '{{ $value | humanize }}',
};

function alert(band: Band, name: string): string[] {
  const { id, title, unit, limit, below = false, severity, lasting, reason: why } = band;
  const side = below ? 'below' : 'above';
  return [
    `      ${reason(why)}`,
    `      - alert: ZooKeeper${id}`,
    `        expr: ${yamlText(`(${measureOf(band, name)}) ${below ? '<' : '>'} ${limit}`)}`,
    `        for: ${lasting}`,
    '        labels:',
    `          severity: ${severity}`,
    '        annotations:',
    `          summary: ${yamlText(`${title}: ${VALUE[unit]}, ${side} the limit of ${limitText(band)}`)}`,
  ];
}

function diskAlert(): string[] {
  return [
    `      ${reason('needs node_exporter; set the mount point of dataDir and dataLogDir: expr stays as you write it')}`,
    `      ${DISK_EXPRESSION.below}`,
    `        expr: ${yamlText('predict_linear(node_filesystem_avail_bytes{mountpoint="/var/lib/zookeeper"}[6h], 3 * 86400) < 0')}`,
    '        for: 30m',
    '        labels:',
    '          severity: warning',
    '        annotations:',
    '          summary: "The disk of {{ $labels.instance }} is full within three days"',
  ];
}
