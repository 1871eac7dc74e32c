import type { CfgRange } from '../zooCfgParse';

/**
 * What is wrong, by code; `args` are what the sentence needs. Codes that start with `plan` compare
 * with a plan.
 */
export type FindingCode =
  | 'notANumber'
  | 'commentInValue'
  | 'notPositive'
  | 'notABoolean'
  | 'badPeerType'
  | 'unknownKey'
  | 'similarKey'
  | 'repeatedKey'
  | 'badServer'
  | 'repeatedAddress'
  | 'serverInBothFiles'
  | 'evenVoters'
  | 'twoVoters'
  | 'noServers'
  | 'missingLimit'
  | 'missingDataDir'
  | 'missingClientPort'
  | 'noPurge'
  | 'fewSnapshots'
  | 'sameFolder'
  | 'noLogFolder'
  | 'sameDevice'
  | 'sessionsReversed'
  | 'notInThisFile'
  | 'unsafeSync'
  | 'noAcl'
  | 'planValue'
  | 'planVoters';

/** So many of a kind are told: a file that has more of them is no configuration. */
export const MOST_FINDINGS = 500;

export type Severity = 'error' | 'warning' | 'information';

/** A change of the text that removes the finding. */
export interface Edit {
  readonly range: CfgRange;
  readonly text: string;
}

export interface Fix {
  readonly code: 'set' | 'add' | 'remove' | 'rename';
  readonly args: readonly string[];
  readonly edits: readonly Edit[];
}

export interface Finding {
  readonly code: FindingCode;
  readonly args: readonly string[];
  readonly severity: Severity;
  readonly range: CfgRange;
  readonly fix?: Fix;
}
