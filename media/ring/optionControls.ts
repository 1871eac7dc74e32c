import type { OptionValue } from '../../src/domain/placement/types';
import type { RingOption } from '../../src/protocol/ring';
import { element, labelled } from '../shared/dom';

/** Controls for options of a preset; drawn anew only for others, so that who types keeps the focus. */
export class OptionControls {
  readonly group = element('div', { className: 'options' });
  private shape = '';

  constructor(private readonly change: (name: string, value: OptionValue) => void) {
    this.group.setAttribute('role', 'group');
  }

  show(title: string, options: readonly RingOption[]): void {
    this.group.setAttribute('aria-label', title);
    this.group.classList.toggle('hidden', options.length === 0);
    const shape = JSON.stringify(options.map(({ name, values }) => [name, values]));
    if (shape !== this.shape) {
      this.shape = shape;
      this.group.replaceChildren(...options.map((option) => this.control(option)));
    }
    options.forEach(({ value }, i) => {
      const control = this.group.children[i]?.querySelector<HTMLInputElement>('input, select');
      if (!control || control === document.activeElement) return;
      if (control.type === 'checkbox') control.checked = value === true;
      else control.value = String(value);
    });
  }

  private control({ name, help, values, value, minimum, maximum, real }: RingOption): HTMLElement {
    const send = (next: OptionValue): void => this.change(name, next);
    const title = element('span', {}, name);
    if (values) {
      const list = element('select', { title: help });
      list.append(...values.map((one) => element('option', { value: one }, one)));
      list.addEventListener('change', () => send(list.value));
      return labelled(title, list);
    }
    if (typeof value === 'boolean') {
      const box = element('input', { type: 'checkbox', title: help });
      box.addEventListener('change', () => send(box.checked));
      return element('label', { className: 'check' }, box, title);
    }
    const isNumber = typeof value === 'number';
    const input = element('input', { type: isNumber ? 'number' : 'text', title: help });
    if (isNumber) {
      if (minimum !== undefined) input.min = String(minimum);
      if (maximum !== undefined) input.max = String(maximum);
      input.step = real === true ? 'any' : '1';
    }
    input.addEventListener('change', () => {
      if (!input.reportValidity()) return;
      if (!isNumber) send(input.value);
      else if (!Number.isNaN(input.valueAsNumber)) send(input.valueAsNumber);
    });
    return labelled(title, input);
  }
}
