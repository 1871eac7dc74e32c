import type * as vscode from 'vscode';
import type { Balance } from '../../domain/metrics/balance';
import {
  type EnsembleSample,
  type MemberSample,
  roleOf,
  sampleOf,
} from '../../domain/metrics/ensembleSample';
import type { QuorumState } from '../../domain/metrics/quorum';
import type { ServerWindow } from '../../domain/metrics/serverWindow';
import { formatCount } from '../../domain/znode/format';
import { describeRole } from '../roleText';

type L10n = typeof vscode.l10n;

/** `quorum 3 of 3 · survives 1 failure` */
export function describeQuorum(sample: EnsembleSample, quorum: QuorumState, l10n: L10n): string {
  const { spare, hasQuorum, observers } = quorum;
  if (sample.members.every((member) => member.kind === 'unreachable')) {
    return l10n.t('no server answers');
  }
  if (sample.members.some((member) => roleOf(member) === 'standalone')) {
    return l10n.t('one server, survives no failure');
  }
  const parts = [describeVotes(quorum, l10n)];
  if (hasQuorum) parts.push(describeSpare(spare, l10n));
  if (observers > 0) {
    parts.push(observers === 1 ? l10n.t('1 observer') : l10n.t('{0} observers', observers));
  }
  return parts.join(' · ');
}

/** Groups where they decide, else voters. */
function describeVotes(quorum: QuorumState, l10n: L10n): string {
  const { hasQuorum, groups, voters, present, needed } = quorum;
  if (groups !== undefined && groups.of !== 1) {
    return hasQuorum
      ? l10n.t('quorum in {0} of {1} groups', groups.present, groups.of)
      : l10n.t(
          'no quorum: {0} of {1} groups, {2} needed',
          groups.present,
          groups.of,
          groups.needed,
        );
  }
  if (hasQuorum) return l10n.t('quorum {0} of {1}', present, voters);
  return needed === undefined
    ? l10n.t('no quorum: {0} of {1}', present, voters)
    : l10n.t('no quorum: {0} of {1}, {2} needed', present, voters, needed);
}

/** What writes wait for. */
export function describeNeed({ groups, needed }: QuorumState, l10n: L10n): string {
  if (groups !== undefined) {
    return groups.of === 1
      ? l10n.t('Writes wait until more than half of the weight is there again.')
      : l10n.t(
          'Writes wait until {0} of {1} groups have more than half of their weight again.',
          groups.needed,
          groups.of,
        );
  }
  return needed === undefined
    ? l10n.t('Writes wait until enough voters are there again.')
    : l10n.t('Writes wait until {0} voters are there again.', needed);
}

function describeSpare(spare: number | undefined, l10n: L10n): string {
  if (spare === undefined) return l10n.t('failures not judged');
  if (spare === 0) return l10n.t('survives no further failure');
  return spare === 1 ? l10n.t('survives 1 failure') : l10n.t('survives {0} failures', spare);
}

/** Behind the name of a server: `leader · writes 1.9 ms · 14 connections`. */
export function describeMember(
  member: MemberSample,
  window: ServerWindow | undefined,
  l10n: L10n,
): string {
  const parts = [describeRole(roleOf(member), l10n)];
  if (member.isVoter === false && roleOf(member) !== 'observer') parts.push(l10n.t('observer'));
  const sample = sampleOf(member);
  if (sample) {
    const latency = describeLatency(window, l10n);
    if (latency !== undefined) parts.push(latency);
    const { connections, outstanding } = sample.gauges;
    if (connections !== undefined) {
      parts.push(
        connections === 1
          ? l10n.t('1 connection')
          : l10n.t('{0} connections', formatCount(connections)),
      );
    }
    if (outstanding !== undefined && outstanding > 0) {
      parts.push(l10n.t('{0} outstanding', formatCount(outstanding)));
    }
  }
  return parts.join(' · ');
}

/** Means of the window, where anything was read or written in it. */
export function describeLatency(window: ServerWindow | undefined, l10n: L10n): string | undefined {
  const { readMs, writeMs } = window ?? {};
  if (readMs === undefined && writeMs === undefined) return undefined;
  if (writeMs === undefined) return l10n.t('reads {0}', milliseconds(readMs ?? 0));
  if (readMs === undefined) return l10n.t('writes {0}', milliseconds(writeMs));
  return l10n.t('reads {0}, writes {1}', milliseconds(readMs), milliseconds(writeMs));
}

/** Three digits at most: `0.31 ms`, `12 ms`, `1,250 ms`. */
export function milliseconds(ms: number): string {
  return `${amount(ms)} ms`;
}

/** A rate or factor for people: `0.31`, `12.4`, `1,250`. */
export function amount(value: number): string {
  if (value >= 100) return formatCount(Math.round(value));
  return String(Number(value.toPrecision(value < 1 ? 2 : 3)));
}

/** `1.4 × an even share`, where that is far enough from even to matter. */
export function describeFactor(factor: number | undefined, l10n: L10n): string | undefined {
  if (factor === undefined) return undefined;
  if (factor > 0.8 && factor < 1.25) return l10n.t('an even share');
  return l10n.t('{0} × an even share', amount(factor));
}

/** What to do when clients crowd on one server. */
export function describeLopsided(
  lopsided: NonNullable<Balance['lopsided']>,
  l10n: L10n,
): { text: string; detail: string } {
  const { address, of, factor } = lopsided;
  return {
    text:
      of === 'connections'
        ? l10n.t('{0} has {1} × its share of connections', address, amount(factor))
        : l10n.t('{0} answers {1} × its share of requests', address, amount(factor)),
    detail: l10n.t(
      'Clients do not move back by themselves after a server was away. Give every client the whole connect string, and restart those clients in turns, so that they choose a server anew.',
    ),
  };
}
