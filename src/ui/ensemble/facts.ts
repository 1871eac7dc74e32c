import type * as vscode from 'vscode';
import type { Share } from '../../domain/metrics/balance';
import { type MemberSample, sampleOf } from '../../domain/metrics/ensembleSample';
import type { ServerSample } from '../../domain/metrics/sample';
import type { Break, ServerWindow } from '../../domain/metrics/serverWindow';
import { formatBytes, formatCount, formatZxid } from '../../domain/znode/format';
import { amount, describeFactor, describeLatency, milliseconds } from './text';

type L10n = typeof vscode.l10n;

export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly icon: string;
}

/** What there is to compare a server with. */
export interface Surroundings {
  readonly window: ServerWindow | undefined;
  readonly share: Share | undefined;
  /** Transactions behind the server that is farthest. */
  readonly lag: number | undefined;
  /** Voters of the ensemble. */
  readonly voters: number;
}

/** The lines about a server, most telling first; what it does not say has no line. */
export function factsOf(member: MemberSample, around: Surroundings, l10n: L10n): Fact[] {
  const sample = sampleOf(member);
  if (!sample) return [];
  const facts: (Fact | undefined)[] = [
    latency(sample, around, l10n),
    requests(around, l10n),
    disk(around, l10n),
    connections(sample, around, l10n),
    count(l10n.t('Outstanding requests'), sample.gauges.outstanding, 'watch'),
    data(sample, l10n),
    count(l10n.t('Watches'), sample.gauges.watches, 'eye'),
    transaction(sample, around, l10n),
    followers(sample, around, l10n),
    version(member, sample, l10n),
  ];
  return facts.filter((fact) => fact !== undefined);
}

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(' · ');

function latency({ lifetime }: ServerSample, { window }: Surroundings, l10n: L10n) {
  const now = describeLatency(window, l10n);
  const all = lifetime.latency;
  const since =
    all &&
    l10n.t(
      'mean {0}, most {1} since start or reset',
      milliseconds(all.avgMs),
      milliseconds(all.maxMs),
    );
  if (now === undefined && since === undefined) return undefined;
  return { name: l10n.t('Latency'), value: joined(now, since), icon: 'pulse' };
}

function requests({ window, share }: Surroundings, l10n: L10n): Fact | undefined {
  if (!window) return undefined;
  const { reads, writes, requests: packets } = window;
  const rates =
    reads === undefined && writes === undefined
      ? packets === undefined
        ? undefined
        : l10n.t('{0} packets/s', amount(packets))
      : !reads && !writes
        ? l10n.t('none')
        : l10n.t('{0} reads/s, {1} writes/s', amount(reads ?? 0), amount(writes ?? 0));
  if (rates === undefined) {
    const { brokenBy } = window;
    if (brokenBy === undefined) return undefined;
    return { name: l10n.t('Requests'), value: describeBreak(brokenBy, l10n), icon: 'history' };
  }
  const value = joined(rates, describeFactor(share?.requestFactor, l10n));
  return { name: l10n.t('Requests'), value, icon: 'arrow-swap' };
}

function describeBreak(brokenBy: Break, l10n: L10n): string {
  switch (brokenBy) {
    case 'restarted':
      return l10n.t('the server was started anew');
    case 'elected':
      return l10n.t('counters began anew with the election');
    case 'reset':
      return l10n.t('its counters were reset');
  }
}

function disk({ window }: Surroundings, l10n: L10n): Fact | undefined {
  if (window?.fsyncMs === undefined) return undefined;
  const batch =
    window.batch === undefined
      ? undefined
      : l10n.t('{0} transactions a flush', amount(window.batch));
  const value = joined(l10n.t('fsync {0}', milliseconds(window.fsyncMs)), batch);
  return { name: l10n.t('Log device'), value, icon: 'save' };
}

function connections({ gauges }: ServerSample, { share }: Surroundings, l10n: L10n) {
  if (gauges.connections === undefined) return undefined;
  const factor = describeFactor(share?.connectionFactor, l10n);
  const value = joined(formatCount(gauges.connections), factor);
  return { name: l10n.t('Connections'), value, icon: 'plug' };
}

function data({ gauges }: ServerSample, l10n: L10n): Fact | undefined {
  if (gauges.znodes === undefined) return undefined;
  const ephemerals =
    gauges.ephemerals === undefined
      ? undefined
      : l10n.t('{0} ephemeral', formatCount(gauges.ephemerals));
  const bytes = gauges.dataBytes === undefined ? undefined : formatBytes(gauges.dataBytes);
  const value = joined(formatCount(gauges.znodes), ephemerals, bytes);
  return { name: l10n.t('Znodes'), value, icon: 'list-tree' };
}

function transaction({ zxid }: ServerSample, { lag }: Surroundings, l10n: L10n) {
  if (zxid === undefined || zxid < 0n) return undefined;
  const behind =
    lag === undefined
      ? undefined
      : lag === 0
        ? l10n.t('up to date')
        : lag === 1
          ? l10n.t('1 transaction behind')
          : l10n.t('{0} transactions behind', formatCount(lag));
  return {
    name: l10n.t('Last transaction'),
    value: joined(formatZxid(zxid), behind),
    icon: 'git-commit',
  };
}

function followers({ role, gauges }: ServerSample, { voters }: Surroundings, l10n: L10n) {
  if (role !== 'leader' || gauges.syncedFollowers === undefined) return undefined;
  const value = l10n.t('{0} of {1} in sync', gauges.syncedFollowers, Math.max(0, voters - 1));
  return { name: l10n.t('Followers'), value, icon: 'organization' };
}

function version(member: MemberSample, sample: ServerSample, l10n: L10n): Fact | undefined {
  if (sample.version === undefined) return undefined;
  const up = sample.uptimeMs === undefined ? undefined : uptime(sample, sample.uptimeMs, l10n);
  const source = member.kind === 'answered' ? l10n.t('told by {0}', member.source) : undefined;
  return { name: l10n.t('Version'), value: joined(sample.version, up, source), icon: 'versions' };
}

/** Servers of an ensemble count from when they last began to lead, to follow or to observe. */
function uptime({ role }: ServerSample, ms: number, l10n: L10n): string {
  const time = duration(ms, l10n);
  return role === 'standalone' ? l10n.t('up {0}', time) : l10n.t('in this role for {0}', time);
}

function duration(ms: number, l10n: L10n): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 2) return l10n.t('{0} s', Math.floor(ms / 1000));
  if (minutes < 120) return l10n.t('{0} minutes', minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? l10n.t('{0} hours', hours) : l10n.t('{0} days', Math.floor(hours / 24));
}

function count(name: string, value: number | undefined, icon: string): Fact | undefined {
  return value === undefined ? undefined : { name, value: formatCount(value), icon };
}
