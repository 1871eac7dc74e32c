import { type Server } from '../placement/types';
import { type ZPath } from '../znode/path';
import { isEphemeral, type ZnodeStat } from '../znode/stat';

/** `unknown`: nothing says that it lives, such as a persistent znode. */
export type MemberState = 'up' | 'down' | 'draining' | 'unknown';

/** A server that registered itself. `down` is set when it takes no (new) keys: down or draining. */
export interface Member extends Server {
  readonly state: MemberState;
  /** The name of the child of the membership znode that it came from. */
  readonly child: string;
}

/** A child as far as it was read. */
export interface ChildInput {
  readonly name: string;
  readonly data?: Uint8Array | undefined;
  readonly stat?: ZnodeStat | undefined;
}

export interface MembershipInput {
  /** The znode whose children are members. */
  readonly path: ZPath;
  readonly children: readonly ChildInput[];
}

/** What could not be understood of a child. */
export interface MemberProblem {
  readonly child: string;
  /** Follows the name of the child in a sentence: `is no URL`. */
  readonly reason: string;
}

export type Report = (child: string, reason: string) => void;

/** What a parser found out. A missing or undefined field was not given. */
export interface Draft {
  readonly address: string;
  readonly weight?: unknown;
  readonly name?: string | undefined;
  readonly id?: number | undefined;
  readonly zone?: string | undefined;
  /** Without it the znode decides: an ephemeral one is up. */
  readonly state?: MemberState | undefined;
}

/** The members that one child stands for, or the reason why it stands for none. */
export type ChildParser = (
  child: ChildInput,
  input: MembershipInput,
) => Draft | readonly Draft[] | string;

/**
 * A member from a draft, and what was wrong with its weight. A weight of 0 is no weight that a ring
 * could use: such a member gets no keys, as in Dubbo, so it is draining.
 */
export function memberOf(draft: Draft, child: ChildInput): [Member, string | undefined] {
  const { address, name, id, zone } = draft;
  const weight = weightOf(draft.weight);
  const known = draft.state ?? (child.stat && isEphemeral(child.stat) ? 'up' : 'unknown');
  const state = weight === 0 && known !== 'down' ? 'draining' : known;
  const member = {
    address,
    ...(weight !== undefined && weight > 0 && { weight }),
    ...(name !== undefined && { name }),
    ...(id !== undefined && { id }),
    ...((state === 'down' || state === 'draining') && { down: true }),
    ...(zone !== undefined && { zone }),
    state,
    child: child.name,
  };
  const isWrong = weight === undefined && draft.weight !== undefined && draft.weight !== null;
  return [member, isWrong ? 'has a weight that is no number from 0 up' : undefined];
}

function weightOf(raw: unknown): number | undefined {
  if (typeof raw !== 'number' && typeof raw !== 'string') return undefined;
  if (typeof raw === 'string' && !/^\d{1,15}(?:\.\d{1,15})?$/.test(raw)) return undefined;
  const weight = Number(raw);
  return Number.isFinite(weight) && weight >= 0 ? weight : undefined;
}
