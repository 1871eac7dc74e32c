import { leaderOf, memberAt, type MemberSample, roleOf } from '../metrics/ensembleSample';
import { quorumOf } from '../metrics/quorum';
import type { Reading } from './rows';

/** Something that happened between two samples, and about when. */
export type Marker = { readonly at: number } & (
  | { readonly kind: 'leader'; readonly from: string | undefined; readonly to: string }
  /** A new reign of the same leader, or of one that is not known. */
  | { readonly kind: 'epoch' }
  | { readonly kind: 'quorumLost' | 'quorumBack' }
  | { readonly kind: 'restarted' | 'reset'; readonly server: string }
  /** It does not answer; it runs without a quorum; it answers, or serves, again. */
  | { readonly kind: 'lost' | 'notServing' | 'back' | 'serves'; readonly server: string }
  | { readonly kind: 'joined' | 'removed'; readonly server: string }
);

/** What happened between two readings. */
export function markersBetween(before: Reading | undefined, after: Reading): Marker[] {
  if (before === undefined || !isComparable(before, after)) return [];
  const { at } = after.sample;
  return [
    ...quorumMarkers(before, after),
    ...leaderMarkers(before, after),
    ...serverMarkers(before, after),
  ].map((marker) => ({ at, ...marker }));
}

/** Before it connects, and where no configuration can be read, only some of the members are known. */
const isComparable = ({ sample: was }: Reading, { sample: is }: Reading): boolean =>
  (was.configured === undefined) === (is.configured === undefined);

type WithoutTime<M> = M extends unknown ? Omit<M, 'at'> : never;
type Bare = WithoutTime<Marker>;

/** A server alone has no quorum to lose: that it does not answer says all. */
function quorumMarkers(before: Reading, after: Reading): Bare[] {
  const [was, is] = [quorumOf(before.sample), quorumOf(after.sample)];
  if (was.hasQuorum === is.hasQuorum || Math.max(was.voters, is.voters) < 2) return [];
  return [{ kind: is.hasQuorum ? 'quorumBack' : 'quorumLost' }];
}

type Standing = 'serves' | 'notServing' | 'unreachable';

const standingOf = (member: MemberSample): Standing => {
  const role = roleOf(member);
  if (role === 'unreachable') return role;
  return role === 'notServing' || role === 'read-only' ? 'notServing' : 'serves';
};

function standingMarkers(was: MemberSample, is: MemberSample): Bare[] {
  const [before, after] = [standingOf(was), standingOf(is)];
  const server = is.address;
  if (before === after) return [];
  if (after === 'unreachable') return [{ kind: 'lost', server }];
  if (after === 'notServing') return [{ kind: 'notServing', server }];
  return [{ kind: before === 'unreachable' ? 'back' : 'serves', server }];
}

function leaderMarkers(before: Reading, after: Reading): Bare[] {
  const [was, is] = [leaderOf(before.sample), leaderOf(after.sample)];
  if (is !== undefined && is !== was) return [{ kind: 'leader', from: was, to: is }];
  return after.window?.epochChanged === true ? [{ kind: 'epoch' }] : [];
}

function serverMarkers(before: Reading, after: Reading): Bare[] {
  const markers: Bare[] = [];
  for (const member of after.sample.members) {
    const server = member.address;
    const was = memberAt(before.sample, server);
    if (was === undefined) markers.push({ kind: 'joined', server });
    else markers.push(...standingMarkers(was, member));
    const brokenBy = after.window?.servers.get(server)?.brokenBy;
    // That a server serves anew under a new leader is said already.
    if (brokenBy === 'reset' || brokenBy === 'restarted') markers.push({ kind: brokenBy, server });
  }
  for (const { address: server } of before.sample.members) {
    if (memberAt(after.sample, server) === undefined) markers.push({ kind: 'removed', server });
  }
  return markers;
}
