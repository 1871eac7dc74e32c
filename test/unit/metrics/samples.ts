import type { EnsembleSample, MemberSample } from '../../../src/domain/metrics/ensembleSample';
import {
  readGauges,
  readLifetime,
  readTotals,
  type Role,
  type ServerSample,
} from '../../../src/domain/metrics/sample';

export type Values = Readonly<Record<string, number>>;

/** A sample from metrics as a server names them, without `zk_`. */
export function sampleWith(values: Values, more: Partial<ServerSample> = {}): ServerSample {
  const lookup = (key: string): number | undefined => values[key];
  return {
    at: 0,
    role: 'follower',
    version: '3.8.0',
    zxid: undefined,
    zxidAt: more.at ?? 0,
    uptimeMs: lookup('uptime'),
    gauges: readGauges(lookup),
    totals: readTotals(lookup),
    lifetime: readLifetime(lookup),
    ...more,
  };
}

/** A voter that answers, called `s1`, `s2`, … in tests. */
export function answered(
  address: string,
  role: Role,
  more: { readonly values?: Values; readonly sample?: Partial<ServerSample> } = {},
): MemberSample {
  const sample = sampleWith(more.values ?? {}, { role, ...more.sample });
  const id = Number(address.replace(/\D/g, ''));
  const isVoter = role !== 'observer';
  return { kind: 'answered', address, id, isVoter, sample, source: 'mntr', refusals: [] };
}

export function unreachable(address: string, isVoter = true): MemberSample {
  const id = Number(address.replace(/\D/g, ''));
  return { kind: 'unreachable', address, id, isVoter, reason: 'refused', refusals: [] };
}

/** A voter that runs without a quorum. */
export function electing(address: string): MemberSample {
  const id = Number(address.replace(/\D/g, ''));
  return { kind: 'notServing', address, id, isVoter: true, reason: 'no quorum', refusals: [] };
}

export const ensembleOf = (...members: MemberSample[]): EnsembleSample => ({ at: 0, members });
export const ensembleAt = (at: number, ...members: MemberSample[]): EnsembleSample => ({
  at,
  members,
});
