import type * as vscode from 'vscode';
import type { DecodeProblem } from '../../domain/values/decode';
import { MAX_UNPACKED_BYTES } from '../../domain/values/layers';
import { formatBytes } from '../../domain/znode/format';
import type { Shown } from './content';

type L10n = typeof vscode.l10n;

/** Languages whose id is not their name. */
const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  ...{ json: 'JSON', jsonc: 'JSON', yaml: 'YAML', xml: 'XML' },
  ...{ plaintext: '', properties: 'properties', shellscript: 'shell script' },
};

/**
 * How a text comes out of its znode, `gzip → UTF-8 JSON`; undefined when there is nothing between
 * them. Of binary data the layers only.
 */
export function describeCoding(
  { coding, form }: Pick<Shown, 'coding' | 'form'>,
  languageId: string,
): string | undefined {
  const { chain, charset } = coding;
  if (chain.length === 0 && (charset === 'utf-8' || form === 'hex')) return undefined;
  const name = charset.startsWith('utf') ? charset.toUpperCase() : charset;
  const language = LANGUAGE_NAMES[languageId] ?? languageId;
  return [...chain, ...(form === 'text' ? [`${name} ${language}`.trim()] : [])].join(' → ');
}

/** Why a text can't be edited, where that isn't told by other means. */
export function describeReadOnly(
  { readOnly, problem }: Pick<Shown, 'readOnly' | 'problem'>,
  { t }: L10n,
): string | undefined {
  switch (readOnly) {
    case 'mixedLineEnds':
      return t('Read-only: its lines end in different ways, which an editor would make one');
    case 'carriageReturns':
      return t(
        'Read-only: its lines end with carriage returns alone, which an editor would replace',
      );
    case 'trailingBytes':
      return t('Read-only: there are bytes after the compressed part');
    case 'layout':
      return t('Read-only: its base64 is written in an irregular way');
    case 'charset':
      return t('Read-only: some of its characters have several codes in this encoding');
    case 'rule':
      return t('Read-only: not what the setting values.decoders says: {0}', why(problem, t));
    case 'binary':
      return problem && t('Shown as it is: {0}', why(problem, t));
    case 'partial':
    case undefined:
      return undefined;
  }
}

function why(problem: DecodeProblem | undefined, t: L10n['t']): string {
  if (!problem) return '';
  const { step, kind, charset } = problem;
  if (step === 'charset') return t('invalid {0}', charset ?? '');
  return kind === 'damaged'
    ? t('no {0}, or damaged', step)
    : t('{0} of more than {1}', step, formatBytes(MAX_UNPACKED_BYTES));
}
