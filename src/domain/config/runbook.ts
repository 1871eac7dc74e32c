import { majority } from '../capacity/ensemble/quorum';
import { hostText, type ServerLine } from './serverLine';
import type { KnownServers, PlannedServer } from './servers';
import { markdownText } from './text';

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
  /** Where a server's line names none. */
  readonly clientPort: number;
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
const items = (lines: readonly string[]): string[] => lines.map((line) => `- ${line}`);
const serverOf = (id: number, host: string): string =>
  `server ${id} (${markdownText(hostText(host))})`;

/** Followers first: the leader's restart costs an election, so there is one and not several. */
function restarts(voters: number): string[] {
  return [
    'Restart the other servers with these lines, observers and followers first, **the leader last**. ' +
      "After each: it answers `srvr` with its mode, and the leader's `zk_synced_followers` is what it was " +
      `before. The last restart is an election: writes stall until a new leader answers, with ${voters - 1} in sync.`,
  ];
}

const list = (lines: readonly (readonly [number, string])[]): string[] => [
  '',
  '  ```properties',
  ...[...lines].sort(([a], [b]) => a - b).map(([id, text]) => `  server.${id}=${text}`),
  '  ```',
  '',
];

interface AddStep {
  readonly added: PlannedServer;
  readonly voters: number;
  readonly lines: readonly (readonly [number, string])[];
  readonly clientPort: number;
}

/**
 * From one server to two. Only a quorum of both is safe, as it needs the one with the data; servers
 * without data would elect a leader among themselves, and the one that has it would drop it on joining.
 */
function pairStep(
  first: number,
  known: { readonly line: ServerLine } | undefined,
  { added: { id, line }, lines }: AddStep,
): string[] {
  const old = serverOf(first, known?.line.host ?? '');
  return [
    `Add ${serverOf(id, line.host)} to ${old}: 2 voters, 2 make a quorum`,
    ...items([
      `Clients wait in this step. **Never start two servers without data first**: they would make a quorum, and server ${first} would lose its data when it joins them.`,
      `Server ${first} is the one with the data: put \`myid\` with ${first} into its \`dataDir\`, and give it the written \`zoo.cfg\` and \`java.env\`.`,
      `Put \`myid\` with ${id}, \`zoo.cfg\` and \`java.env\` on server ${id}, whose folders for data and logs are empty. In this step, both server lists are:`,
    ]),
    ...list(lines),
    ...items([
      `Stop server ${first}; then start servers ${first} and ${id} together. Nothing answers before server ${first} runs with this list.`,
      'One answers `srvr` with `Mode: leader`, the other one with `Mode: follower`. On both, `Zxid` is at least what was noted and ' +
        '`Node count` is the same, but for ephemeral znodes of sessions that ended.',
    ]),
  ];
}

function addStep({ added: { id, line, text }, voters, lines, clientPort }: AddStep): string[] {
  // Refused otherwise: “each server should have 3 ports specified”.
  const hasPort = (line.clientPort ?? line.secureClientPort) !== undefined;
  const member = hasPort ? text : `${text};${clientPort}`;
  return [
    `Add ${serverOf(id, line.host)}: ${voters} voters, ${majority(voters)} make a quorum`,
    ...items([
      `Put \`myid\` with ${id}, \`zoo.cfg\` and \`java.env\` on the new server. In this step, every server list is:`,
    ]),
    ...list(lines),
    ...items([
      `Start the new server. It answers \`srvr\` with \`Mode: follower\` once it has copied the leader's snapshot.`,
      ...restarts(voters),
      `With reconfig instead of restarts: \`reconfig -add ${id}=${member}\``,
    ]),
  ];
}

function removeStep(
  id: number,
  host: string,
  voters: number,
  lines: readonly (readonly [number, string])[],
): string[] {
  return [
    `Remove ${serverOf(id, host)}: ${voters} voters, ${majority(voters)} make a quorum`,
    ...items([
      'If it is the leader, restart it first, so that another one leads. Take it out of the connect strings of clients.',
      'In this step, every server list is:',
    ]),
    ...list(lines),
    ...items([
      ...restarts(voters),
      `Then stop server ${id}. Keep its data until the checks hold.`,
      `With reconfig instead of restarts: \`reconfig -remove ${id}\``,
    ]),
  ];
}

function addObservers(observers: readonly PlannedServer[], isOneVoter: boolean): string[] {
  const names = observers.map(({ id, line }) => serverOf(id, line.host)).join(', ');
  return [
    `Add observers: ${names}`,
    ...items([
      ...(isOneVoter
        ? [
            'Restart the one voter with the list of all, and `myid` in its `dataDir`: alone it takes no observers.',
          ]
        : []),
      'Put `myid`, `zoo.cfg` and `java.env` on each and start it. It answers `srvr` with `Mode: observer`.',
      'Add their lines to the lists of the other servers; they take effect at the next restart.',
    ]),
  ];
}

function removeObservers(ids: readonly number[]): string[] {
  return [
    `Remove observers: ${ids.join(', ')}`,
    ...items([
      'Take them out of the connect strings of clients, stop them, then remove their lines.',
    ]),
  ];
}
