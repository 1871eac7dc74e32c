import { splitZxid } from '../znode/format';
import { type EnsembleSample, leaderOf, memberAt, roleOf, sampleOf } from './ensembleSample';

/** What only a row of samples tells; the oldest first. */

export interface Election {
  /** When the leader was first seen, milliseconds since 1970. */
  readonly at: number;
  readonly leader: string;
}

/** The last election: another leader than was known before, or a new epoch of the same one. */
export function lastElection(samples: readonly EnsembleSample[]): Election | undefined {
  let known: { leader: string; epoch: number | undefined } | undefined;
  let found: Election | undefined;
  for (const sample of samples) {
    const leader = leaderOf(sample);
    if (leader === undefined) continue;
    const zxid = sampleOf(memberAt(sample, leader))?.zxid;
    const epoch = zxid === undefined || zxid < 0n ? known?.epoch : splitZxid(zxid).epoch;
    const isNewReign = known?.epoch !== undefined && epoch !== undefined && epoch > known.epoch;
    if (known && (known.leader !== leader || isNewReign)) found = { at: sample.at, leader };
    known = { leader, epoch };
  }
  return found;
}

/** Since when a member can't be reached; undefined when it can, or could not in any sample. */
export function unreachableSince(
  samples: readonly EnsembleSample[],
  address: string,
): number | undefined {
  let since: number | undefined;
  for (const sample of [...samples].reverse()) {
    const member = memberAt(sample, address);
    if (member?.kind !== 'unreachable') return member && since;
    since = sample.at;
  }
  return undefined;
}

/** Members that should take part and don't, observers too. */
export function awayFrom(sample: EnsembleSample): readonly string[] {
  return sample.members
    .filter((member) => ['unreachable', 'notServing', 'read-only'].includes(roleOf(member)))
    .map(({ address }) => address);
}
