import type * as vscode from 'vscode';
import { displayName } from '../../domain/znode/displayName';
import type { EncodeProblem } from '../../domain/values/encode';

/** Why a text can't become the value of its znode. */
export function describeEncodeProblem(problem: EncodeProblem, { t }: typeof vscode.l10n): string {
  switch (problem.kind) {
    case 'invalidUtf8':
      return t('The text is no valid UTF-8.');
    case 'notVerified':
      return t('What {0} makes of this text does not read as the same text again.', problem.step);
    default:
      return t(
        'The encoding {0} of this znode has no code for {1}.',
        problem.charset,
        displayName(problem.character),
      );
  }
}
