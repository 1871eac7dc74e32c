import type { ConfigFile } from './file';
import { needsWord, type VoterStep } from './voterStep';

/** What whoever writes the files must know, beyond what stands in them. */
export type WriteNote =
  | ({ readonly kind: 'step' } & VoterStep)
  /** The list of servers has groups or weights, so it stays as it is. */
  | { readonly kind: 'listKept'; readonly path: string }
  /** The list has other servers than before, to be changed by the runbook. */
  | { readonly kind: 'listChanged'; readonly path: string };

export interface Written {
  readonly files: readonly ConfigFile[];
  readonly notes: readonly WriteNote[];
}

export const written = (...files: readonly ConfigFile[]): Written => ({ files, notes: [] });

/** A file that brings voters in or out one at a time. */
export const writtenStep = (file: ConfigFile, step: VoterStep): Written => ({
  files: [file],
  notes: needsWord(step) ? [{ kind: 'step', ...step }] : [],
});
