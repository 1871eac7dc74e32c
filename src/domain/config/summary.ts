import { goalTexts, relationText, resultText } from '../capacity/plan/text';
import { block } from './blocks';
import type { PlanFacts } from './facts';
import type { ConfigFile } from './file';
import { membershipChange, runbook } from './runbook';
import { hostText } from './serverLine';
import type { ServerList } from './serverList';
import type { PlannedServer } from './servers';
import { markdownText } from './text';
import { keepsLogsWithData, LOG_DIR } from './hostKeys';
import { planLine } from './zooCfg';
import { parseZooCfg } from './zooCfgParse';
import { leaderServes } from './zooKeys';

export interface SummaryOptions {
  readonly planFile: string;
  /** The servers that are there, and the `zoo.cfg`. */
  readonly list: ServerList;
  readonly zooCfg: string | undefined;
}

/** `PLAN.md`: what was decided and why, and the way there when servers join or leave. */
export function summary(
  facts: PlanFacts,
  servers: readonly PlannedServer[],
  { planFile, list, zooCfg }: SummaryOptions,
): ConfigFile {
  const change = membershipChange(list.known, servers);
  const how = { leaderServes: leaderServes(facts), clientPort: list.clientPort };
  const blocks = [
    block('html', 'plan', [
      ...decisions(facts, planFile),
      ...(list.isFixed ? section('The list of servers stays as it is', FIXED) : []),
      ...(keepsLogsWithData(parseZooCfg(zooCfg ?? '')) ? LOG_FOLDER : []),
      '',
      ...serverTable(servers),
    ]),
    ...(change === undefined ? [] : [block('html', 'runbook', runbook(change, servers, how))]),
  ];
  return {
    path: 'PLAN.md',
    text: blocks.join('\n'),
    merge: { kind: 'blocks', comment: 'html', appends: true },
  };
}

function decisions(facts: PlanFacts, planFile: string): string[] {
  const { plan, input } = facts;
  const title = input.title === '' ? 'Capacity plan' : markdownText(input.title);
  const goals = plan.goals.map((goal) => {
    const { is, wanted } = goalTexts(goal);
    return [
      code(goal.name),
      is,
      `${relationText(goal.relation)} ${wanted}`,
      goal.isMet ? 'met' : '**missed**',
    ];
  });
  const results = plan.results.map(({ name, value, unit, because }) => [
    code(name),
    resultText(name, value, unit),
    markdownText(because),
  ]);
  return [
    `# ${title}`,
    '',
    markdownText(planLine(facts, planFile)),
    'What stands between the marks is written anew; notes of your own may stand around them.',
    '',
    '## Goals',
    '',
    ...table(['What', 'Planned', 'Wanted', ''], goals),
    '',
    '## Results and reasons',
    '',
    ...table(['What', 'Value', 'Because'], results),
    ...section(
      'Improvements, the cheapest first',
      plan.advice.map(({ text }) => text),
    ),
    ...section(
      'Notes',
      plan.notes.map(({ message }) => message),
    ),
  ];
}

function serverTable(servers: readonly PlannedServer[]): string[] {
  return [
    '## Servers',
    '',
    ...table(
      ['Id', 'Address', 'Role', 'Zone'],
      servers.map(({ id, line, zone }) => [
        String(id),
        markdownText(hostText(line.host)),
        line.role,
        String(zone),
      ]),
    ),
  ];
}

const FIXED = [
  'It has groups or weights, which say who has a vote in a quorum. A server in no group keeps the others from ' +
    'starting, so none was added or removed, and the list was not moved. Change it by hand, then write the files again.',
];

/** Seen with ZooKeeper 3.8: SnapDirContentCheckException. */
const LOG_FOLDER = [
  '',
  '## A folder of its own for the log',
  '',
  '`zoo.cfg` has a `dataDir` and no `dataLogDir`, so snapshots and logs lie together. It was left so: a server ' +
    'that finds logs among its snapshots once `dataLogDir` is set does not start. To part them, one server at a ' +
    'time, the leader last:',
  '',
  '1. Stop the server.',
  `2. Move \`version-2/log.*\` of its \`dataDir\` to \`version-2\` in the new folder, such as \`${LOG_DIR}\`, for the same user. All else stays.`,
  '3. Set `dataLogDir` to the new folder and start the server. Go on when it is in sync again.',
];

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0
    ? []
    : ['', `## ${title}`, '', ...lines.map((line) => `- ${markdownText(line)}`)];

const code = (name: string): string => `\`${name}\``;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(head),
  row(head.map(() => '---')),
  ...rows.map(row),
];
