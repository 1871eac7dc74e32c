import type { FromRingPage, RingSnapshot } from '../../src/protocol/ring';
import { element, labelled, setText } from '../shared/dom';
import { loadLines, parseLoadLines } from './loadLines';

/** Observed load and rates beside the expected shares, and weights that would even out the load. */
export class AdjustPanel {
  readonly section = element('section', { className: 'adjust' });
  private readonly title = element('h2');
  private readonly hint = element('p', { className: 'note' });
  private readonly load = element('textarea', { id: 'load', rows: 4, spellcheck: false });
  private readonly loadText = element('span');
  private readonly problem = element('p', { className: 'note problem' });
  private readonly csv = element('button', { type: 'button', className: 'secondary' });
  private readonly field = element('button', { type: 'button', className: 'secondary' });
  private readonly suggest = element('button', { type: 'button' });
  private readonly rates = (['arrivals', 'parallel', 'service'] as const).map((name) => ({
    name,
    text: element('span'),
    input: element('input', { type: 'number', id: `rate-${name}`, min: '0', step: 'any' }),
  }));

  constructor(private readonly tell: (message: FromRingPage) => void) {
    const { load, csv, field, suggest } = this;
    this.problem.setAttribute('role', 'status');
    const buttons = element('div', { className: 'controls' }, csv, field, suggest);
    const rates = element(
      'div',
      { className: 'controls' },
      ...this.rates.map(({ text, input }) => labelled(text, input)),
    );
    this.section.append(this.title, this.hint, labelled(this.loadText, load), this.problem);
    this.section.append(buttons, rates);
    load.addEventListener('change', () => this.sendLoad());
    csv.addEventListener('click', () => tell({ type: 'chooseLoad', from: 'csv' }));
    field.addEventListener('click', () => tell({ type: 'chooseLoad', from: 'field' }));
    suggest.addEventListener('click', () => tell({ type: 'suggestWeights' }));
    for (const { input } of this.rates) input.addEventListener('change', () => this.sendRates());
  }

  show({ strings, choices, kinds }: RingSnapshot): void {
    for (const [target, text] of [
      [this.title, strings.adjust],
      [this.hint, strings.adjustHint],
      [this.loadText, strings.loadLines],
      [this.csv, strings.loadFromCsv],
      [this.field, strings.loadFromField],
      [this.suggest, strings.suggestWeights],
    ] as const) {
      setText(target, text);
    }
    this.load.placeholder = '10.0.0.1:11211, 1200';
    if (document.activeElement !== this.load) this.load.value = loadLines(choices.load ?? {});
    this.field.classList.toggle('hidden', kinds.length === 0);
    this.suggest.disabled = Object.keys(choices.load ?? {}).length === 0;
    for (const { name, text, input } of this.rates) {
      setText(text, strings[`rate_${name}`]);
      // Rates that somebody is still filling in are not known to the host.
      const value = choices.rates?.[name];
      if (value !== undefined && document.activeElement !== input) input.value = String(value);
    }
  }

  private sendLoad(): void {
    const { load, wrong } = parseLoadLines(this.load.value);
    setText(this.problem, wrong.join(' · '));
    this.tell({ type: 'load', load });
  }

  /** λ and μ are needed; c is 1 when it isn't given. */
  private sendRates(): void {
    const [arrivals, parallel, service] = this.rates.map(({ input }) => input.valueAsNumber);
    if (!(Number(arrivals) > 0 && Number(service) > 0)) {
      if (this.rates.every(({ input }) => input.value === '')) this.tell({ type: 'rates' });
      return;
    }
    const rates = {
      arrivals: Number(arrivals),
      parallel: Number(parallel) > 0 ? Number(parallel) : 1,
      service: Number(service),
    };
    this.tell({ type: 'rates', rates });
  }
}
