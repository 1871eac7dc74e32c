import { select } from 'd3';
import type { RingKeySource } from '../../src/domain/ring/choices';
import type { FromRingPage, RingKeyList, RingKeys, RingSnapshot } from '../../src/protocol/ring';
import { element, labelled, setText } from '../shared/dom';

const PASTE_DELAY_MS = 300;
const EXAMPLE = 'user:{1..100000}';

type Tell = (message: FromRingPage) => void;

/** The box for one key with its chain, and where more keys come from. */
export class KeysPanel {
  readonly section = element('section', { className: 'keys' });
  private readonly title = element('h2');
  private readonly typed = element('input', { type: 'text', id: 'key', maxLength: 4096 });
  private readonly chain = element('dl', { className: 'chain' });
  private readonly source = element('select', { id: 'key-source' });
  private readonly pattern = element('input', { type: 'text', id: 'key-pattern', maxLength: 300 });
  private readonly list = element('textarea', { id: 'key-list', rows: 3, spellcheck: false });
  private readonly popularity = element('input', { type: 'number', id: 'key-popularity' });
  private readonly replicas = element('input', { type: 'number', id: 'replicas' });
  private readonly zones = element('input', { type: 'checkbox', id: 'distinct-zones' });
  private readonly origin = element('p', { className: 'note' });
  private readonly texts = {
    key: element('span'),
    source: element('span'),
    pattern: element('span'),
    list: element('span'),
    popularity: element('span'),
    replicas: element('span'),
    zones: element('span'),
  };
  private readonly fields: { readonly pattern: HTMLElement; readonly list: HTMLElement };
  private readonly zonesField: HTMLElement;
  private readonly from = (['editor', 'file', 'znode'] as const).map((from) => ({
    from,
    button: element('button', { type: 'button', className: 'secondary' }),
  }));
  private timer = 0;

  constructor(
    private readonly tell: Tell,
    table: HTMLElement,
  ) {
    const { texts } = this;
    this.chain.setAttribute('aria-live', 'polite');
    Object.assign(this.popularity, { min: '0', max: '5', step: '0.01' });
    Object.assign(this.replicas, { min: '1', max: '10', step: '1' });
    this.fields = {
      pattern: labelled(texts.pattern, this.pattern),
      list: labelled(texts.list, this.list),
    };
    this.zonesField = element('label', { className: 'check' }, this.zones, texts.zones);
    const sources = element(
      'div',
      { className: 'controls' },
      labelled(texts.source, this.source),
      this.fields.pattern,
      ...this.from.map(({ button }) => button),
    );
    const how = element(
      'div',
      { className: 'controls' },
      labelled(texts.popularity, this.popularity),
      labelled(texts.replicas, this.replicas),
      this.zonesField,
    );
    this.section.append(this.title, labelled(texts.key, this.typed), this.chain);
    this.section.append(sources, this.fields.list, how, this.origin, table);
    this.listen();
  }

  restore(typed: string): void {
    this.typed.value = typed;
    if (typed !== '') this.tell({ type: 'typed', key: typed });
  }

  get key(): string {
    return this.typed.value;
  }

  /** Puts a key into the box, as if it were typed. */
  type(key: string): void {
    this.typed.value = key;
    this.tell({ type: 'typed', key });
  }

  show({ strings, choices, zones }: RingSnapshot): void {
    for (const [target, text] of [
      [this.title, strings.keys],
      [this.texts.key, strings.key],
      [this.texts.source, strings.keySource],
      [this.texts.pattern, strings.keyPattern],
      [this.texts.list, strings.keyList],
      [this.texts.popularity, strings.popularity],
      [this.texts.replicas, strings.replicas],
      [this.texts.zones, strings.distinctZones],
      ...this.from.map(({ from, button }) => [button, strings[`keysFrom_${from}`]] as const),
    ] as const) {
      setText(target, text);
    }
    this.typed.placeholder = strings.keyHint;
    this.list.placeholder = strings.keyListHint;
    this.pattern.placeholder = EXAMPLE;
    const kind = kindOf(choices.keys);
    const kinds = [
      'none',
      'pattern',
      'list',
      ...(kind === 'other' ? ['other' as const] : []),
    ] as const;
    select(this.source)
      .selectAll('option')
      .data(kinds)
      .join('option')
      .attr('value', (id) => id)
      .text((id) => strings[`keysFrom_${id}`]);
    if (document.activeElement !== this.source || kind !== 'none') this.source.value = kind;
    this.showFields();
    setValue(this.pattern, choices.keys && 'pattern' in choices.keys ? choices.keys.pattern : '');
    if (choices.keys && 'list' in choices.keys) setValue(this.list, choices.keys.list.join('\n'));
    setValue(this.popularity, String(choices.popularity ?? 0));
    setValue(this.replicas, String(choices.replicas ?? 1));
    this.zones.checked = choices.distinctZones === true;
    this.zonesField.classList.toggle('hidden', zones.length < 2);
  }

  showList({ label, message }: RingKeyList): void {
    setText(this.origin, [label, message].filter((text) => text !== '').join(' · '));
  }

  showTyped(typed: RingKeys['typed']): void {
    select(this.chain)
      .selectAll('div')
      .data(typed?.steps ?? [])
      .join((enter) => {
        const pair = enter.append('div');
        pair.append('dt');
        pair.append('dd');
        return pair;
      })
      .each(function ({ label, value }) {
        select(this).select('dt').text(label);
        select(this).select('dd').text(value);
      });
  }

  private listen(): void {
    const { typed, source, pattern, list, popularity, replicas, zones, tell } = this;
    typed.addEventListener('input', () => tell({ type: 'typed', key: typed.value }));
    source.addEventListener('change', () => {
      this.showFields();
      if (source.value === 'none') tell({ type: 'keySource' });
      else if (source.value === 'pattern') {
        pattern.value ||= EXAMPLE;
        this.send({ pattern: pattern.value });
      } else if (source.value === 'list') this.sendList();
    });
    pattern.addEventListener('change', () => {
      if (pattern.value.trim() !== '') this.send({ pattern: pattern.value.trim() });
    });
    list.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.sendList(), PASTE_DELAY_MS);
    });
    popularity.addEventListener('change', () => {
      if (!popularity.reportValidity()) return;
      const exponent = popularity.valueAsNumber;
      tell({ type: 'popularity', ...(exponent > 0 && { exponent }) });
    });
    const sendReplicas = (): void => {
      if (!replicas.reportValidity() || Number.isNaN(replicas.valueAsNumber)) return;
      tell({ type: 'replicas', count: replicas.valueAsNumber, distinctZones: zones.checked });
    };
    replicas.addEventListener('change', sendReplicas);
    zones.addEventListener('change', sendReplicas);
    for (const { from, button } of this.from) {
      button.addEventListener('click', () => tell({ type: 'chooseKeys', from }));
    }
  }

  private sendList(): void {
    const keys = this.list.value.split('\n').map((line) => line.trim());
    this.send({ list: keys.filter((key) => key !== '') });
  }

  private send(source: RingKeySource): void {
    this.tell({ type: 'keySource', source });
  }

  private showFields(): void {
    this.fields.pattern.classList.toggle('hidden', this.source.value !== 'pattern');
    this.fields.list.classList.toggle('hidden', this.source.value !== 'list');
  }
}

function kindOf(source: RingKeySource | undefined): 'none' | 'pattern' | 'list' | 'other' {
  if (source === undefined) return 'none';
  if ('pattern' in source) return 'pattern';
  return 'list' in source ? 'list' : 'other';
}

/** Leaves alone what somebody is typing into. */
function setValue(target: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  if (document.activeElement !== target && target.value !== value) target.value = value;
}
