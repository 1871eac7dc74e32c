import type { Disposable } from '../../base/disposable';
import type { MembershipKind } from '../../domain/membership/detect';
import type { Member, MemberProblem } from '../../domain/membership/member';
import type { Server } from '../../domain/placement/types';

/** The servers of a ring as they are known now. */
export interface FeedState {
  /** Undefined until they were read for the first time. */
  readonly members: readonly Member[] | undefined;
  readonly problems: readonly MemberProblem[];
  readonly kind: MembershipKind | undefined;
  /** Why there is nothing, or nothing current. */
  readonly message: string;
}

export const NOTHING_YET: FeedState = {
  members: undefined,
  problems: [],
  kind: undefined,
  message: '',
};

/** Tells the servers of a ring and each change of them, from the moment it is made. */
export type Feed = Disposable;

/** Servers that are listed rather than registered: nobody says whether they live. */
export function listedMembers(servers: readonly Server[]): Member[] {
  return servers.map((server) => ({
    ...server,
    state: server.down === true ? 'down' : 'unknown',
    child: server.address,
  }));
}
