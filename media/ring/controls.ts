import { group, select } from 'd3';
import type { FromRingPage, RingPresetChoice, RingSnapshot } from '../../src/protocol/ring';
import { element, labelled, setText } from '../shared/dom';
import { OptionControls } from './optionControls';

/** What is chosen above the picture: the program whose placement is shown and its options. */
export class Controls {
  readonly bar = element('div', { className: 'controls' });
  private readonly kind = element('select', { id: 'kind' });
  private readonly preset = element('select', { id: 'preset' });
  private readonly note = element('p', { className: 'note', id: 'preset-note' });
  private readonly texts = { kind: element('span'), preset: element('span') };
  private readonly kindField: HTMLElement;
  private readonly options: OptionControls;

  constructor(tell: (message: FromRingPage) => void) {
    const { texts, kind, preset } = this;
    this.options = new OptionControls((name, value) => tell({ type: 'option', name, value }));
    preset.setAttribute('aria-describedby', 'preset-note');
    this.kindField = labelled(texts.kind, kind);
    this.bar.append(labelled(texts.preset, preset), this.options.group, this.kindField, this.note);
    kind.addEventListener('change', () => tell({ type: 'kind', kind: kind.value }));
    preset.addEventListener('change', () => tell({ type: 'preset', id: preset.value }));
  }

  show({ strings, kinds, kind, presets, preset, presetNote, options }: RingSnapshot): void {
    setText(this.texts.kind, strings.layout);
    setText(this.texts.preset, strings.preset);
    setText(this.note, presetNote);
    this.kindField.classList.toggle('hidden', kinds.length === 0);
    select(this.kind)
      .selectAll('option')
      .data(kinds)
      .join('option')
      .attr('value', ({ id }) => id)
      .text(({ label }) => label);
    // Who goes through a list by keyboard is ahead of the host.
    if (document.activeElement !== this.kind) this.kind.value = kind;
    offerPresets(this.preset, presets);
    if (document.activeElement !== this.preset) this.preset.value = preset;
    this.options.show(strings.options, options);
  }
}

/** Presets grouped by program, after a first choice that stands for none of them. */
export function offerPresets(
  target: HTMLSelectElement,
  presets: readonly RingPresetChoice[],
  first?: string,
): void {
  if (target.options.length > 0) return;
  if (first !== undefined) target.append(element('option', { value: '' }, first));
  for (const [program, those] of group(presets, (preset) => preset.program)) {
    const set = element('optgroup', { label: program });
    for (const { id, title, version } of those) {
      set.append(
        element('option', { value: id }, version === '' ? title : `${title} · ${version}`),
      );
    }
    target.append(set);
  }
}
