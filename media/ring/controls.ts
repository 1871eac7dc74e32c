import { group, select } from 'd3';
import type { WhatIf } from '../../src/domain/placement/whatIf';
import type { FromRingPage, RingPresetChoice, RingSnapshot } from '../../src/protocol/ring';
import { element, fill, labelled, setText } from '../shared/dom';
import { percent } from './numbers';

/** What is chosen above the picture, and what is tried on it. */
export class Controls {
  readonly top = element('div', { className: 'controls' });
  readonly whatIf = element('section', { className: 'what-if' });
  private readonly kind = element('select', { id: 'kind' });
  private readonly preset = element('select', { id: 'preset' });
  private readonly note = element('p', { className: 'note', id: 'preset-note' });
  private readonly options = element('div', { className: 'options' });
  private readonly other = element('select', { id: 'what-if-preset' });
  private readonly added = element('input', { type: 'text', id: 'what-if-add', maxLength: 300 });
  private readonly addButton = element('button', { type: 'submit' });
  private readonly resetButton = element('button', { type: 'button', className: 'secondary' });
  private readonly result = element('p', { className: 'result' });
  private readonly texts = {
    kind: element('span'),
    preset: element('span'),
    other: element('span'),
    add: element('span'),
    title: element('h2'),
    hint: element('p', { className: 'note' }),
  };
  private current: WhatIf = { removed: [], added: [] };

  constructor(private readonly tell: (message: FromRingPage) => void) {
    const { texts, kind, preset, other, added, addButton, resetButton } = this;
    preset.setAttribute('aria-describedby', 'preset-note');
    this.result.setAttribute('role', 'status');
    this.top.append(labelled(texts.kind, kind), labelled(texts.preset, preset), this.options);
    this.top.append(this.note);
    const form = element('form', {}, labelled(texts.add, added), addButton);
    const row = element('div', { className: 'controls' }, form, labelled(texts.other, other));
    row.append(resetButton);
    this.whatIf.append(texts.title, texts.hint, row, this.result);
    kind.addEventListener('change', () => tell({ type: 'kind', kind: kind.value }));
    preset.addEventListener('change', () => tell({ type: 'preset', id: preset.value }));
    other.addEventListener('change', () => {
      this.change({ ...this.current, preset: other.value });
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const address = added.value.trim();
      if (address === '') return;
      added.value = '';
      this.change({ ...this.current, added: [...this.current.added, address] });
    });
    resetButton.addEventListener('click', () => this.change({ removed: [], added: [] }));
  }

  /** Takes a server away, or takes back that it was taken away or added. */
  toggle(address: string): void {
    const { removed, added } = this.current;
    if (added.includes(address)) {
      this.change({ ...this.current, added: added.filter((one) => one !== address) });
    } else if (removed.includes(address)) {
      this.change({ ...this.current, removed: removed.filter((one) => one !== address) });
    } else this.change({ ...this.current, removed: [...removed, address] });
  }

  show(snapshot: RingSnapshot): void {
    const { strings, choices, after } = snapshot;
    this.current = choices.whatIf;
    setText(this.texts.kind, strings.layout);
    setText(this.texts.preset, strings.preset);
    setText(this.texts.other, strings.whatIfPreset);
    setText(this.texts.add, strings.addHint);
    setText(this.texts.title, strings.whatIf);
    setText(this.texts.hint, strings.whatIfHint);
    setText(this.addButton, strings.add);
    setText(this.resetButton, strings.reset);
    setText(this.note, snapshot.presetNote);
    select(this.kind)
      .selectAll('option')
      .data(snapshot.kinds)
      .join('option')
      .attr('value', ({ id }) => id)
      .text(({ label }) => label);
    this.kind.value = snapshot.kind;
    this.kind.disabled = snapshot.kinds.length === 0;
    offer(this.preset, snapshot.presets);
    this.preset.value = snapshot.preset;
    offer(this.other, snapshot.presets, strings.samePreset);
    this.other.value = choices.whatIf.preset ?? '';
    this.showOptions(snapshot);
    const isTried = choices.whatIf.removed.length + choices.whatIf.added.length > 0;
    this.resetButton.disabled = !isTried && choices.whatIf.preset === undefined;
    const moved = after && percent(after.moved);
    const text =
      after === undefined
        ? ''
        : after.error === 0
          ? fill(strings.movedExact, moved ?? '')
          : fill(strings.movedAbout, moved ?? '', percent(after.error));
    const even = after ? fill(strings.maxMean, after.summary.maxOverMean.toFixed(2)) : '';
    setText(this.result, after ? `${text} · ${even}, ${after.summary.verdict}` : '');
  }

  private change(whatIf: WhatIf): void {
    this.tell({ type: 'whatIf', whatIf });
  }

  /** Drawn anew only for another preset: who types into one keeps the focus. */
  private showOptions({ preset, options, strings }: RingSnapshot): void {
    if (this.options.dataset['preset'] === preset) return;
    this.options.dataset['preset'] = preset;
    this.options.setAttribute('role', 'group');
    this.options.setAttribute('aria-label', strings.options);
    this.options.replaceChildren(
      ...options.map((option) => {
        const { name, value, help, values, minimum, maximum, real } = option;
        const send = (next: string | number | boolean): void =>
          this.tell({ type: 'option', name, value: next });
        let control: HTMLInputElement | HTMLSelectElement;
        if (values) {
          control = element('select', {}, ...values.map((one) => element('option', {}, one)));
          control.value = String(value);
          control.addEventListener('change', () => send(control.value));
        } else if (typeof value === 'boolean') {
          const box = element('input', { type: 'checkbox', checked: value });
          box.addEventListener('change', () => send(box.checked));
          control = box;
        } else if (typeof value === 'number') {
          const number = element('input', { type: 'number', step: real ? 'any' : '1' });
          if (minimum !== undefined) number.min = String(minimum);
          if (maximum !== undefined) number.max = String(maximum);
          number.value = String(value);
          number.addEventListener('change', () => send(number.valueAsNumber));
          control = number;
        } else {
          const text = element('input', { type: 'text', value });
          text.addEventListener('change', () => send(text.value));
          control = text;
        }
        control.title = help;
        return labelled(element('span', {}, name), control);
      }),
    );
  }
}

/** Presets grouped by program, after a first choice that stands for none of them. */
function offer(
  target: HTMLSelectElement,
  presets: readonly RingPresetChoice[],
  first?: string,
): void {
  if (target.options.length > 0) return;
  if (first !== undefined) target.append(element('option', { value: '' }, first));
  for (const [program, those] of group(presets, (preset) => preset.program)) {
    const set = element('optgroup', { label: program });
    for (const { id, title } of those) set.append(element('option', { value: id }, title));
    target.append(set);
  }
}
