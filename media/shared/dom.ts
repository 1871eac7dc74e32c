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

/** Sets a text only where it differs, so that screen readers don't say it again. */
export function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
