import type * as vscode from 'vscode';
import type { Balance } from '../../domain/metrics/balance';
import { type MemberSample, roleOf, sampleOf } from '../../domain/metrics/ensembleSample';
import type { ServerWindow } from '../../domain/metrics/serverWindow';
import { formatCount } from '../../domain/znode/format';
import { describeRole } from '../roleText';

type L10n = typeof vscode.l10n;

/**
 * Behind the name of a server: `leader · writes 1.9 ms · 14 connections`.
 *
 * @param since when it was lost, for who reads it
 */
export function describeMember(
  member: MemberSample,
  window: ServerWindow | undefined,
  since: string | undefined,
  l10n: L10n,
): string {
  const role = describeRole(roleOf(member), l10n);
  const parts = [since === undefined ? role : l10n.t('{0} since {1}', role, since)];
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

/**
 * Three digits at most: `0.31 ms`, `12 ms`, `1,250 ms`. Servers count whole milliseconds of each
 * request, so that a mean of nothing is less than one.
 */
export function milliseconds(ms: number): string {
  return ms === 0 ? '< 1 ms' : `${amount(ms)} ms`;
}

/** A rate or factor for people: `< 0.01`, `0.31`, `12.4`, `1,250`. */
export function amount(value: number): string {
  if (value >= 100) return formatCount(Math.round(value));
  if (value > 0 && value < 0.01) return '< 0.01';
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
