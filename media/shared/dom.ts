type Child = Node | string;

/** An element with properties (never markup) and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** A control with its label. */
export function labelled(text: HTMLElement, control: HTMLElement): HTMLLabelElement {
  return element('label', { className: 'field' }, text, control);
}

/** Puts values in the place of {0}, {1} … */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));
}

/** Sets a text only where it differs, so that screen readers don't say it again. */
export function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
