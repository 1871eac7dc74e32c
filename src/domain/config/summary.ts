import { goalTexts, relationText, resultText } from '../capacity/plan/text';
import { block } from './blocks';
import type { PlanFacts } from './facts';
import type { ConfigFile } from './file';
import { type MembershipChange, runbook } from './runbook';
import type { PlannedServer } from './servers';
import { hostText } from './serverLine';
import { markdownText } from './text';
import { planLine } from './zooCfg';
import { leaderServes } from './zooKeys';

/** `PLAN.md`: what was decided and why, and the way there when servers join or leave. */
export function summary(
  facts: PlanFacts,
  servers: readonly PlannedServer[],
  {
    planFile,
    change,
  }: { readonly planFile: string; readonly change: MembershipChange | undefined },
): ConfigFile {
  const blocks = [
    block('html', 'plan', [...decisions(facts, planFile), '', ...serverTable(servers)]),
    ...(change === undefined
      ? []
      : [block('html', 'runbook', runbook(change, servers, leaderServes(facts)))]),
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
