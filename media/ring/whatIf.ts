import type { WhatIf } from '../../src/domain/placement/whatIf';
import type { RingServer, RingSnapshot } from '../../src/protocol/ring';
import { element, setText } from '../shared/dom';
import { offerPresets } from './controls';
import { OptionControls } from './optionControls';
import { chipsOf, restored, sameRules, type Chip } from './tried';
import { WhatIfResult } from './whatIfResult';
import type { KeySummary } from './placerMessages';

const NOTHING: WhatIf = { removed: [], added: [] };

/** What is tried on the picture: servers that go, come or weigh otherwise, and another placement. */
export class WhatIfPanel {
  readonly section = element('section', { className: 'what-if' });
  private readonly texts = {
    title: element('h2'),
    hint: element('p', { className: 'note' }),
    server: element('span'),
    weight: element('span'),
    add: element('span'),
    zone: element('span'),
    preset: element('span'),
  };
  private readonly server = element('select', { id: 'what-if-server' });
  private readonly remove = element('button', { type: 'button', className: 'secondary' });
  private readonly drain = element('button', { type: 'button', className: 'secondary' });
  private readonly weight = element('input', { type: 'number', id: 'what-if-weight', min: '0' });
  private readonly setWeight = element('button', { type: 'submit', className: 'secondary' });
  private readonly added = element('input', { type: 'text', id: 'what-if-add', maxLength: 300 });
  private readonly add = element('button', { type: 'submit', className: 'secondary' });
  private readonly zone = element('select', { id: 'what-if-zone' });
  private readonly lose = element('button', { type: 'button', className: 'secondary' });
  private readonly preset = element('select', { id: 'what-if-preset' });
  private readonly options: OptionControls;
  private readonly chips = element('ul', { className: 'chips' });
  private readonly reset = element('button', { type: 'button', className: 'secondary' });
  private readonly zoneFields: HTMLElement;
  private readonly result = new WhatIfResult();
  private current = NOTHING;
  private snapshot: RingSnapshot | undefined;

  constructor(
    private readonly change: (whatIf: WhatIf) => void,
    private readonly choose: (server: number) => void,
  ) {
    const { texts, server, weight, added, zone, preset } = this;
    this.options = new OptionControls((name, value) =>
      change({ ...this.current, options: { ...this.current.options, [name]: value } }),
    );
    weight.step = 'any';
    const weigh = line(texts.weight, weight, this.setWeight);
    const join = line(texts.add, added, this.add);
    this.zoneFields = line(texts.zone, zone, this.lose);
    this.section.append(
      element('header', {}, texts.title, this.reset),
      texts.hint,
      this.chips,
      this.result.element,
      line(texts.server, server, this.remove, this.drain),
      weigh,
      join,
      this.zoneFields,
      line(texts.preset, preset, this.options.group),
    );
    this.listen(weigh, join);
  }

  /** Takes a server away, or takes back all that was tried on it. */
  toggle({ address, change }: RingServer): void {
    this.change(
      change
        ? restored(this.current, address, this.snapshot)
        : { ...this.current, removed: [...this.current.removed, address] },
    );
  }

  show(snapshot: RingSnapshot, keys: KeySummary | undefined, selected: number): void {
    const { strings, choices, servers, zones, presets, whatIfOptions } = snapshot;
    this.snapshot = snapshot;
    this.current = choices.whatIf;
    for (const [target, text] of [
      [this.texts.title, strings.whatIf],
      [this.texts.hint, strings.whatIfHint],
      [this.texts.server, strings.server],
      [this.texts.weight, strings.weight],
      [this.texts.add, strings.addHint],
      [this.texts.zone, strings.zone],
      [this.texts.preset, strings.whatIfPreset],
      [this.remove, strings.removeServer],
      [this.drain, strings.drainServer],
      [this.setWeight, strings.setWeight],
      [this.add, strings.add],
      [this.lose, strings.loseZone],
      [this.reset, strings.reset],
    ] as const) {
      setText(target, text);
    }
    offer(
      this.server,
      servers.map(({ address, label }) => [address, label]),
    );
    const chosen = servers[selected];
    if (chosen) this.server.value = chosen.address;
    this.showWeight();
    offer(
      this.zone,
      zones.map(({ id, label }) => [id, label]),
    );
    this.zoneFields.classList.toggle('hidden', zones.length === 0);
    offerPresets(this.preset, presets, strings.samePreset);
    if (document.activeElement !== this.preset) this.preset.value = choices.whatIf.preset ?? '';
    // Of the same placement only what sets its points is worth a try.
    const isOther = choices.whatIf.preset !== undefined;
    const { virtualNodes } = snapshot;
    this.options.show(
      strings.whatIfOptions,
      whatIfOptions.filter(({ name }) => isOther || name === virtualNodes),
    );
    const chips = chipsOf(choices.whatIf, snapshot);
    this.chips.replaceChildren(...chips.map((chip) => this.chip(chip)));
    this.chips.classList.toggle('hidden', chips.length === 0);
    this.reset.classList.toggle('hidden', chips.length === 0);
    this.result.show(snapshot, keys);
  }

  private listen(weigh: HTMLFormElement, join: HTMLFormElement): void {
    const { server, weight, added, zone, preset } = this;
    const without = (list: readonly string[] | undefined, one: string): string[] =>
      (list ?? []).filter((other) => other !== one);
    server.addEventListener('change', () => {
      this.choose(server.selectedIndex);
      this.showWeight();
    });
    this.remove.addEventListener('click', () => {
      const removed = [...without(this.current.removed, server.value), server.value];
      this.change({ ...this.current, removed });
    });
    this.drain.addEventListener('click', () => this.drainServer(server.value));
    weigh.addEventListener('submit', (event) => {
      event.preventDefault();
      const value = weight.valueAsNumber;
      if (value === 0) return this.drainServer(server.value);
      if (!(value > 0)) return;
      const weights = { ...this.current.weights, [server.value]: value };
      const drained = without(this.current.drained, server.value);
      this.change({ ...this.current, weights, drained });
    });
    join.addEventListener('submit', (event) => {
      event.preventDefault();
      const address = added.value.trim();
      if (address === '') return;
      added.value = '';
      this.change({ ...this.current, added: [...without(this.current.added, address), address] });
    });
    this.lose.addEventListener('click', () => {
      const lostZones = [...without(this.current.lostZones, zone.value), zone.value];
      this.change({ ...this.current, lostZones });
    });
    preset.addEventListener('change', () => {
      const rest = sameRules(this.current);
      this.change(preset.value === '' ? rest : { ...rest, preset: preset.value });
    });
    this.reset.addEventListener('click', () => {
      this.change(NOTHING);
      server.focus();
    });
  }

  private drainServer(address: string): void {
    const drained = [...new Set([...(this.current.drained ?? []), address])];
    this.change({ ...this.current, drained });
  }

  private showWeight(): void {
    const server = this.snapshot?.servers[this.server.selectedIndex];
    if (!server || document.activeElement === this.weight) return;
    const after = server.change === 'removed' ? undefined : server.after;
    this.weight.value = String(after?.weight ?? server.weight);
  }

  private chip({ text, takeBack, without }: Chip): HTMLElement {
    const button = element('button', { type: 'button', title: takeBack }, '×');
    button.setAttribute('aria-label', takeBack);
    button.addEventListener('click', () => {
      this.change(without);
      this.server.focus();
    });
    return element('li', {}, element('span', {}, text), button);
  }
}

/** A control with its label before it, and what can be done with it. */
function line(text: HTMLElement, control: HTMLElement, ...others: HTMLElement[]): HTMLFormElement {
  const label = element('label', { htmlFor: control.id }, text);
  return element('form', { className: 'line' }, label, control, ...others);
}

/** Choices of a list, the chosen one kept where it still is one. */
function offer(target: HTMLSelectElement, choices: readonly (readonly [string, string])[]): void {
  const shape = JSON.stringify(choices);
  if (target.dataset['shape'] === shape) return;
  target.dataset['shape'] = shape;
  const { value } = target;
  target.replaceChildren(...choices.map(([id, text]) => element('option', { value: id }, text)));
  if (choices.some(([id]) => id === value)) target.value = value;
}
