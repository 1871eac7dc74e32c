import { leaderOf, memberAt } from '../metrics/ensembleSample';
import type { Reading } from './rows';

/** Something that happened between two samples, and about when. */
export type Marker = { readonly at: number } & (
  | { readonly kind: 'leader'; readonly from: string | undefined; readonly to: string }
  /** A new reign of the same leader, or of one that is not known. */
  | { readonly kind: 'epoch' }
  | { readonly kind: 'restarted' | 'reset' | 'lost' | 'back'; readonly server: string }
  | { readonly kind: 'joined' | 'removed'; readonly server: string }
);

/** What happened between two readings. */
export function markersBetween(before: Reading | undefined, after: Reading): Marker[] {
  if (before === undefined) return [];
  const { at } = after.sample;
  return [...leaderMarkers(before, after), ...serverMarkers(before, after)].map((marker) => ({
    at,
    ...marker,
  }));
}

type WithoutTime<M> = M extends unknown ? Omit<M, 'at'> : never;
type Bare = WithoutTime<Marker>;

const isElected = (before: Reading, after: Reading): boolean =>
  leaderMarkers(before, after).length > 0;

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
    else if (was.kind === 'answered' && member.kind !== 'answered') {
      markers.push({ kind: 'lost', server });
    } else if (was.kind !== 'answered' && member.kind === 'answered') {
      markers.push({ kind: 'back', server });
    }
    const brokenBy = after.window?.servers.get(server)?.brokenBy;
    // A server serves anew under a new leader: that is said already.
    if (brokenBy === 'reset' || (brokenBy === 'restarted' && !isElected(before, after))) {
      markers.push({ kind: brokenBy, server });
    }
  }
  for (const { address: server } of before.sample.members) {
    if (memberAt(after.sample, server) === undefined) markers.push({ kind: 'removed', server });
  }
  return markers;
}
