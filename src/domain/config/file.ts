/** How a file that is there already takes up what is written now. */
export type Merge =
  /** By key, as `zoo.cfg`: other keys and comments stay where they are. */
  | {
      readonly kind: 'keys';
      /** Keys whose value is only a start: one that is there stays. */
      readonly keeps: readonly string[];
      /** Keys that start so are all ours: others of them are removed. */
      readonly owns: readonly string[];
      /** Keys that are not added where another stands, by that one's name. */
      readonly yields?: Readonly<Record<string, string>>;
    }
  /** By blocks between marks: what stands outside of them stays. */
  | {
      readonly kind: 'blocks';
      readonly comment: CommentStyle;
      /** Whether the blocks may follow a text that has none; otherwise the file is not ours. */
      readonly appends: boolean;
      /** What a person may set inside of the blocks. */
      readonly keeps?: readonly Kept[];
    }
  /** By member, and by item in lists: members, panels, variables, queries and tags of others stay. */
  | { readonly kind: 'json' }
  /** All of it. */
  | { readonly kind: 'whole' };

/** A part of one line that is only a start: what the file has there stays. */
export interface Kept {
  /** The line above it, without its indent. */
  readonly below: string;
  /** Matches the line; its group is the part. */
  readonly part: RegExp;
}

export type CommentStyle = 'hash' | 'html';

/** A file to write. */
export interface ConfigFile {
  /** Relative to the folder that was chosen, with `/`; never leaves it. */
  readonly path: string;
  readonly text: string;
  readonly merge: Merge;
}

export const TARGETS = [
  'zoo',
  'dynamic',
  'myid',
  'java',
  'metrics',
  'compose',
  'kubernetes',
  'systemd',
  'prometheus',
  'grafana',
  'pool',
  'summary',
  'local',
] as const;

/**
 * What can be written. `metrics` is no file: it turns on the Prometheus provider in `zoo.cfg`,
 * without which a build that lacks it (Debian's 3.8) would not start.
 */
export type Target = (typeof TARGETS)[number];

export const isTarget = (text: string): text is Target =>
  (TARGETS as readonly string[]).includes(text);

/** What servers need, and the reasons: written unless something else is chosen. */
export const SERVER_TARGETS: readonly Target[] = ['zoo', 'dynamic', 'myid', 'java', 'summary'];
