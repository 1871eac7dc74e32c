import type * as vscode from 'vscode';
import {
  baseName,
  childPath,
  parentPath,
  parsePath,
  ROOT,
  type ZPath,
} from '../../domain/znode/path';
import { problemOfAddress } from '../../zk/edit/copyAddress';
import type { CopyPlan } from '../../zk/edit/copyPlan';
import type { Session, Sessions } from '../../zk/sessions';
import { nameOfTarget, type Target } from '../target';
import { Cancelled, type UserInput } from '../userInput';
import { describeAddressProblem } from './copyText';
import { countZnodes, namePaths } from './deleteText';
import { problemOfName } from './pathProblemText';

type L10n = typeof vscode.l10n;

/** `rename` and `duplicate` stay below the same parent. */
export type CopyCommand = 'rename' | 'move' | 'copy' | 'duplicate';

export interface TargetQuestion {
  readonly command: CopyCommand;
  readonly source: ZPath;
  /** Whether the target is on the connection of the source. */
  readonly isOneTree: boolean;
  readonly ui: UserInput;
  readonly l10n: L10n;
}

/** Where it should go. @param value what is there to begin with: a name, or a path */
export async function askTarget(question: TargetQuestion, value: string): Promise<ZPath> {
  const { command, source, ui, l10n } = question;
  const parent = parentPath(source) ?? ROOT;
  const isName = command === 'rename' || command === 'duplicate';
  const pathOf = (text: string): ZPath | undefined =>
    isName ? childPath(parent, text) : parsePath(text);
  const validate = (text: string): string | undefined => {
    if (isName && text.includes('/')) return l10n.t('A name has no /. To move it, use Move To….');
    if (!isName && !text.startsWith('/')) return l10n.t('A path begins with /.');
    const problem = problemOfName(isName ? text : text.slice(1), isName ? parent : ROOT, l10n);
    const path = problem === undefined ? pathOf(text) : undefined;
    if (path === undefined) return problem;
    const why = problemOfAddress(source, path, question.isOneTree);
    return why && describeAddressProblem(why, l10n);
  };
  const text = await ui.input({
    title: titleOf(command, source, l10n),
    prompt: isName
      ? l10n.t('The new name, below {0}.', namePaths([parent], l10n))
      : l10n.t('The new path. The znode above it must exist.'),
    value,
    validate,
  });
  const path = pathOf(text);
  if (path === undefined) throw new Cancelled();
  return path;
}

/** The connection that gets the copy: asked only when there is a choice. */
export async function askConnection(
  own: Session,
  source: ZPath,
  sessions: Pick<Sessions, 'all'>,
  targetOf: (connectionId: string) => Target | undefined,
  ui: UserInput,
  l10n: L10n,
): Promise<Session> {
  const writable = sessions.all().filter(({ writer }) => !writer.refusal);
  const [first] = writable;
  // None at all: the refusal of this one says what to do.
  if (!first) return own;
  if (writable.length === 1 && first.id === own.id) return own;
  return ui.pick({
    title: titleOf('copy', source, l10n),
    placeholder: l10n.t('To which connection?'),
    active: writable.find(({ id }) => id === own.id),
    items: writable.map((session) => ({
      label: nameOfTarget(targetOf(session.id) ?? { name: session.id }, l10n),
      ...(session.id === own.id && { description: l10n.t('this one') }),
      value: session,
    })),
  });
}

/** What to do with what is in the way. */
export async function askAboutExisting(
  { target, existing, differing, survey }: CopyPlan,
  ui: UserInput,
  l10n: L10n,
): Promise<'again' | 'skip' | 'overwrite'> {
  const count = (n: number): string => countZnodes(n, l10n);
  const isAll = differing === survey.counts.znodes;
  const again = { label: l10n.t('Another Name…'), value: 'again' as const };
  const skip = { label: l10n.t('Skip Those'), value: 'skip' as const };
  const overwrite = { label: l10n.t('Overwrite'), value: 'overwrite' as const };
  const merge = { label: l10n.t('Put Into It'), value: 'skip' as const };
  const answer = await ui.decide({
    message: l10n.t('{0} exists already.', namePaths([target], l10n)),
    detail:
      differing === 0
        ? l10n.t('Nothing that is there has other data; what is missing there is added.')
        : l10n.t(
            'There with other data: {0}. With the same data: {1}. Whatever else is there stays.',
            count(differing),
            count(existing.size - differing),
          ),
    actions: [again, ...(differing === 0 ? [merge] : [overwrite, ...(isAll ? [] : [skip])])],
  });
  if (!answer) throw new Cancelled();
  return answer;
}

export function titleOf(command: CopyCommand, source: ZPath, l10n: L10n): string {
  const name = namePaths([source], l10n);
  switch (command) {
    case 'rename':
      return l10n.t('Rename {0}', name);
    case 'move':
      return l10n.t('Move {0}', name);
    case 'copy':
      return l10n.t('Copy {0}', name);
    case 'duplicate':
      return l10n.t('Duplicate {0}', name);
  }
}

/** `name-copy`, or the first of `name-copy-2`, … that no sibling has. */
export function nameOfCopy(source: ZPath, siblings: readonly string[]): string {
  const taken = new Set(siblings);
  const name = `${baseName(source)}-copy`;
  let [candidate, number] = [name, 2];
  while (taken.has(candidate)) candidate = `${name}-${number++}`;
  return candidate;
}
