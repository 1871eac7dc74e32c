import { DISKS, HARDWARE } from '../../../domain/capacity/ensemble/presets';
import type { ChoiceField } from '../../../domain/capacity/plan/fields';
import type { FieldPath } from '../../../domain/capacity/plan/paths';
import { presets } from '../../../domain/placement/presets';
import type { PickItem } from '../../userInput';

/** What may be chosen for an input, with the title of each choice where it has one. */
export function choiceItems(path: FieldPath, { values }: ChoiceField): PickItem<string>[] {
  switch (path.at(-1)) {
    case 'preset':
      return presets
        .filter(({ id, comparisonOnly }) => values.includes(id) && comparisonOnly !== true)
        .map(({ id, title, program, description }) => ({
          label: title,
          description: program === title ? id : `${program} · ${id}`,
          detail: description,
          value: id,
        }));
    case 'hardware':
      return titled(HARDWARE);
    case 'logDevice':
      return titled(DISKS);
    default:
      return values.map((value) => ({ label: value, value }));
  }
}

const titled = (all: readonly { id: string; title: string }[]): PickItem<string>[] =>
  all.map(({ id, title }) => ({ label: title, description: id, value: id }));
