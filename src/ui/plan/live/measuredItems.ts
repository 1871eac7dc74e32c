import type * as vscode from 'vscode';
import type { Measured } from '../../../domain/capacity/live/calibrate';
import type { PickManyQuestion } from '../../userInput';

/**
 * The measured values to choose from. What the measurement itself casts doubt on is marked, and is
 * the user's to take.
 */
export function measuredItems(
  parameters: readonly Measured[],
  { t }: Pick<typeof vscode.l10n, 't'>,
): Pick<PickManyQuestion<Measured>, 'items' | 'chosen'> {
  return {
    items: parameters.map((parameter) => {
      const { field, was, value, from, doubt } = parameter;
      const label = `${field}: ${was} → ${value}`;
      return doubt === undefined
        ? { label, detail: from, value: parameter }
        : {
            label,
            detail: t('Not trusted: {0}. {1}', doubt, from),
            icon: 'warning',
            value: parameter,
          };
    }),
    chosen: parameters.filter(({ doubt }) => doubt === undefined),
  };
}
