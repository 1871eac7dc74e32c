import type * as vscode from 'vscode';
import type { AclEntry } from '../../domain/znode/acl';
import { childPath, type ZPath } from '../../domain/znode/path';
import type { CreateMode } from '../../zk/client';
import type { MadeModes, UndoStore } from '../../zk/edit/undo';
import type { Question, UserInput } from '../userInput';
import type { Subject } from './subject';

/** Where the data of a new znode can come from, besides what is typed. */
export interface DataSources {
  /** Rejects with a sentence when it can't be read or is larger than the limit. */
  readFile(path: string, maxBytes: number): Promise<Uint8Array>;
  readClipboard(): PromiseLike<string>;
  /** What the active editor shows; undefined when there is none with text. */
  activeEditor(): { readonly name: string; readonly text: string } | undefined;
}

export interface CreatePorts {
  readonly ui: UserInput;
  readonly l10n: typeof vscode.l10n;
  readonly undo: UndoStore;
  readonly made: MadeModes;
  readonly sources: DataSources;
  /** Selects the row of a znode, and opens it. */
  readonly show: (connectionId: string, path: ZPath, opens: boolean) => Promise<void>;
}

/** What is below the parent already. */
export interface Surroundings {
  readonly exists: boolean;
  /** The znodes between the parent and the new one that are not there, from the top. */
  readonly missing: readonly ZPath[];
  /** An ephemeral znode on the way: those have no children. */
  readonly ephemeral: ZPath | undefined;
}

export type DataChoice = 'none' | 'typed' | 'file' | 'clipboard' | 'editor';
export type AclChoice = 'open' | 'creator' | 'parent' | 'custom';

/** The answers so far. */
export interface CreateDraft {
  name: string;
  around: Surroundings;
  mode: CreateMode;
  ttl: string;
  dataChoice: DataChoice;
  typed: string;
  data: Uint8Array;
  aclChoice: AclChoice;
  aclText: string;
  acl: readonly AclEntry[];
}

export interface Creation extends CreatePorts {
  readonly parent: Subject;
  readonly draft: CreateDraft;
}

const STEPS = {
  name: () => true,
  mode: () => true,
  ttl: ({ mode }) => isTtl(mode),
  data: () => true,
  typed: ({ dataChoice }) => dataChoice === 'typed',
  acl: () => true,
  aclText: ({ aclChoice }) => aclChoice === 'custom',
} satisfies Record<string, (draft: CreateDraft) => boolean>;

export type CreateStep = keyof typeof STEPS;

const NAMES = Object.keys(STEPS) as CreateStep[];

/** Title and number of a step among those that are asked. */
export function questionOf({ parent, draft, l10n }: Creation, step: CreateStep): Question {
  const asked = NAMES.filter((name) => STEPS[name](draft));
  return {
    title: l10n.t('Create Below {0}', parent.path),
    step: asked.indexOf(step) + 1,
    totalSteps: asked.length,
  };
}

/** The step that follows, as long as there is one. */
export function stepAfter({ draft }: Creation, step: CreateStep): CreateStep | undefined {
  return NAMES.slice(NAMES.indexOf(step) + 1).find((name) => STEPS[name](draft));
}

export function pathOf({ parent, draft }: Pick<Creation, 'parent' | 'draft'>): ZPath {
  return childPath(parent.path, draft.name);
}

export function isTtl(mode: CreateMode): boolean {
  return mode === 'persistentTtl' || mode === 'persistentSequentialTtl';
}

export function isEphemeralMode(mode: CreateMode): boolean {
  return mode === 'ephemeral' || mode === 'ephemeralSequential';
}

export function isSequential(mode: CreateMode): boolean {
  return mode.includes('Sequential');
}
