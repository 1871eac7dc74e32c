import { majority } from '../capacity/ensemble/quorum';
import { hostText, type ServerLine } from './serverLine';
import type { PlannedServer } from './servers';
import { markdownText } from './text';

// Steps of the runbook in Markdown: a title, then the lines below it.

export const items = (lines: readonly string[]): string[] => lines.map((line) => `- ${line}`);
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

export interface AddStep {
  readonly added: PlannedServer;
  readonly voters: number;
  readonly lines: readonly (readonly [number, string])[];
  readonly clientPort: number | undefined;
}

/**
 * From one server to two. Only a quorum of both is safe, as it needs the one with the data; servers
 * without data would elect a leader among themselves, and the one that has it would drop it on joining.
 */
export function pairStep(
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

export function addStep({
  added: { id, line, text },
  voters,
  lines,
  clientPort,
}: AddStep): string[] {
  // Refused otherwise: “each server should have 3 ports specified”. A plain port beside TLS stays closed.
  const hasPort = (line.clientPort ?? line.secureClientPort) !== undefined;
  const withPort = clientPort === undefined ? [] : [`${text};${clientPort}`];
  const members = hasPort ? [text] : withPort;
  return [
    `Add ${serverOf(id, line.host)}: ${voters} voters, ${majority(voters)} make a quorum`,
    ...items([
      `Put \`myid\` with ${id}, \`zoo.cfg\` and \`java.env\` on the new server. In this step, every server list is:`,
    ]),
    ...list(lines),
    ...items([
      `Start the new server. It answers \`srvr\` with \`Mode: follower\` once it has copied the leader's snapshot.`,
      ...restarts(voters),
      ...members.map(
        (member) => `With reconfig instead of restarts: \`reconfig -add ${id}=${member}\``,
      ),
    ]),
  ];
}

export function removeStep(
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

export function addObservers(observers: readonly PlannedServer[], isOneVoter: boolean): string[] {
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

export function removeObservers(ids: readonly number[]): string[] {
  return [
    `Remove observers: ${ids.join(', ')}`,
    ...items([
      'Take them out of the connect strings of clients, stop them, then remove their lines.',
    ]),
  ];
}
