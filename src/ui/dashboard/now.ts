import type * as vscode from 'vscode';
import { short } from '../../domain/capacity/plan/report';
import {
  type EnsembleSample,
  leaderOf,
  type MemberSample,
  memberAt,
  roleOf,
  sampleOf,
} from '../../domain/metrics/ensembleSample';
import { quorumOf } from '../../domain/metrics/quorum';
import { displayName } from '../../domain/znode/displayName';
import type { DashboardNow, DashboardServer } from '../../protocol/dashboard';
import { describeNoQuorum, describeQuorum } from '../quorumText';
import { describeRole } from '../roleText';

/** The servers as they were when they were asked last; those that left stay, with their lines. */
export function serversNow(
  addresses: readonly string[],
  sample: EnsembleSample | undefined,
  l10n: typeof vscode.l10n,
): DashboardServer[] {
  const leader = sample && leaderOf(sample);
  return addresses.map((address) => {
    const member = memberAt(sample, address);
    return {
      address,
      label: displayName(address, 60),
      role: describeRole(member ? roleOf(member) : 'unknown', l10n),
      isLeader: address === leader && member !== undefined && roleOf(member) === 'leader',
      isPresent: member?.kind === 'answered',
      percentiles: percentilesOf(member),
    };
  });
}

/** How the ensemble stands; without a quorum, what to start. */
export function quorumText(
  sample: EnsembleSample | undefined,
  l10n: typeof vscode.l10n,
): Pick<DashboardNow, 'quorum' | 'hasQuorum'> {
  if (sample === undefined) return { quorum: '', hasQuorum: false };
  const state = quorumOf(sample);
  const isLost = !state.hasQuorum && sample.members.some(({ kind }) => kind !== 'unreachable');
  const text = isLost
    ? describeNoQuorum(sample, state, l10n).text
    : describeQuorum(sample, state, l10n);
  return { quorum: displayName(text, 400), hasQuorum: state.hasQuorum };
}

/** What a server refuses to tell, and the line of `zoo.cfg` that would allow it; else empty. */
export function refusalText(sample: EnsembleSample | undefined, l10n: typeof vscode.l10n): string {
  for (const { address, refusals } of sample?.members ?? []) {
    const refusal = refusals.find(({ source }) => source === 'mntr');
    if (refusal?.remedy === undefined) continue;
    return l10n.t(
      '{0} does not tell rates and times: {1} is {2}. In its zoo.cfg: {3}',
      ...[displayName(address, 60), refusal.source, refusal.reason, refusal.remedy],
    );
  }
  return '';
}

function percentilesOf(member: MemberSample | undefined): string[] {
  const lifetime = sampleOf(member)?.lifetime;
  const text = (ms: number | undefined): string => (ms === undefined ? '' : `${short(ms)} ms`);
  return [lifetime?.read, lifetime?.write, lifetime?.fsync].flatMap((one) =>
    [one?.p50, one?.p99, one?.p999].map(text),
  );
}
