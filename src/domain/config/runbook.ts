import {
  addObservers,
  addStep,
  items,
  pairStep,
  removeObservers,
  removeStep,
} from './runbookSteps';
import type { KnownServers, PlannedServer } from './servers';

/** What changes between the servers of the files that are there and those of the plan. */
export interface MembershipChange {
  readonly before: KnownServers;
  readonly added: readonly PlannedServer[];
  readonly removed: readonly number[];
}

/** Undefined when the files name no servers yet, or the same. */
export function membershipChange(
  before: KnownServers,
  planned: readonly PlannedServer[],
): MembershipChange | undefined {
  if (before.size === 0) return undefined;
  const added = planned.filter(({ id }) => !before.has(id));
  const ids = new Set(planned.map(({ id }) => id));
  const removed = [...before.keys()].filter((id) => !ids.has(id)).sort((a, b) => b - a);
  return added.length + removed.length === 0 ? undefined : { before, added, removed };
}

export interface RunbookOptions {
  readonly leaderServes: boolean;
  /** Where a server's line names none; undefined where there is none but for TLS. */
  readonly clientPort: number | undefined;
}

/**
 * The order in which an ensemble goes from what it is to what is planned, in Markdown. One voter at
 * a time, since any majority of n servers meets any of n + 1, but not any of n + 2: two steps at
 * once can elect two leaders. Observers have no vote and may come and go together.
 */
export function runbook(
  { before, added, removed }: MembershipChange,
  planned: readonly PlannedServer[],
  { leaderServes, clientPort }: RunbookOptions,
): string[] {
  const isVoter = (id: number): boolean => before.get(id)?.line.role !== 'observer';
  const voters = [...before.keys()].filter(isVoter);
  const newVoters = added.filter(({ line }) => line.role === 'participant');
  const newObservers = added.filter(({ line }) => line.role === 'observer');
  const lines = new Map([...before].map(([id, { text }]) => [id, text]));
  const steps: string[][] = [];
  let count = voters.length;
  const [first = 0] = voters;
  for (const one of newVoters) {
    lines.set(one.id, one.text);
    count++;
    const step = { added: one, voters: count, lines: [...lines], clientPort };
    steps.push(count === 2 ? pairStep(first, before.get(first), step) : addStep(step));
  }
  for (const id of removed.filter(isVoter)) {
    const host = before.get(id)?.line.host ?? '';
    lines.delete(id);
    count--;
    steps.push(removeStep(id, host, count, [...lines]));
  }
  if (newObservers.length > 0) steps.push(addObservers(newObservers, count === 1));
  const gone = removed.filter((id) => !isVoter(id));
  if (gone.length > 0) steps.push(removeObservers(gone));
  const after = planned.filter(({ line }) => line.role === 'participant').length;
  return [
    '## Runbook',
    '',
    `From ${count_(voters.length, 'voter')} and ${count_(before.size - voters.length, 'observer')} to ` +
      `${count_(after, 'voter')} and ${count_(planned.length - after, 'observer')}. ` +
      'One step at a time; do not go on before its checks hold. With `reconfigEnabled=true`, the ' +
      '`reconfig` command named in a step replaces its restarts. It needs the right to write `/zookeeper/config`: ' +
      'its ACL gives that to nobody at first, so set one as the super user (`superDigest`).',
    '',
    '### Before',
    '',
    ...items([
      ...(leaderServes ? [] : [SILENT_LEADER]),
      ...(voters.length === 1 ? ALONE : togetherBefore(voters.length)),
      'Copy the latest snapshot and log of one server to a safe place.',
    ]),
    ...steps.flatMap(([title = '', ...lines_], at) => [
      '',
      `### ${at + 1}. ${title}`,
      '',
      ...lines_,
    ]),
    '',
    '### After',
    '',
    ...items([
      'Give clients the new connect string, then restart them in your own time.',
      'Compare the plan with the live ensemble (*ZooKeeper: Compare Plan with Live Ensemble*).',
    ]),
  ];
}

/** Seen with ZooKeeper 3.8. */
const SILENT_LEADER =
  'With `leaderServes=no` the leader answers `srvr` and `mntr` with “not currently serving requests”. ' +
  'Ask its AdminServer instead: `http://HOST:8080/commands/monitor` has `server_state` and `synced_followers`.';

const togetherBefore = (voters: number): string[] => [
  'Every server answers `srvr`, exactly one of them with `Mode: leader`.',
  `On the leader, \`mntr\` shows \`zk_synced_followers ${voters - 1}\` and \`zk_outstanding_requests\` near 0.`,
];
const ALONE = [
  'The server answers `srvr`. Note its `Zxid` and `Node count`: all its data must be there afterwards.',
];

const count_ = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
