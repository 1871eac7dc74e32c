import type * as vscode from 'vscode';
import type { ConnectionProfile } from '../domain/connection';
import type { Writer } from '../zk/edit/writer';
import type { UserInput } from './userInput';

type L10n = typeof vscode.l10n;

/** The connection that a change is meant for, as questions know it. */
export type Target = Pick<ConnectionProfile, 'name'> &
  Partial<Pick<ConnectionProfile, 'production'>>;

/** How a connection is called where a change is asked for or told of: `Prod (production)`. */
export function nameOfTarget({ name, production }: Target, l10n: L10n): string {
  return production ? l10n.t('{0} (production)', name) : name;
}

/** Throws the sentence that says why nothing may be written and what to do about it. */
export function requireWritable(
  { refusal }: Pick<Writer, 'refusal'>,
  { name }: Target,
  l10n: L10n,
): void {
  if (refusal === 'readOnlyConnection') {
    throw new Error(
      l10n.t(
        'The connection {0} is read-only. Edit the connection to allow writing through it.',
        name,
      ),
    );
  }
  if (refusal === 'readOnlyServer') {
    throw new Error(
      l10n.t('The server of {0} only serves reads now: it has lost its ensemble. Try later.', name),
    );
  }
}

/** The same questions, of which each modal one names a connection that is production. */
export function askingFor(target: Target, ui: UserInput, l10n: L10n): UserInput {
  if (!target.production) return ui;
  const named = (message: string): string =>
    l10n.t('{0}: {1}', nameOfTarget(target, l10n), message);
  return {
    pick: (question) => ui.pick(question),
    pickMany: (question) => ui.pickMany(question),
    input: (question) => ui.input(question),
    pickFile: (question) => ui.pickFile(question),
    confirm: (question) => ui.confirm({ ...question, message: named(question.message) }),
    decide: (question) => ui.decide({ ...question, message: named(question.message) }),
    progress: (info, task) => ui.progress(info, task),
    notify: (notice) => ui.notify(notice),
  };
}
