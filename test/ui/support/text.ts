/** A pattern that matches the whole of a label, which may begin with an icon. */
export function exactly(label: string): RegExp {
  return new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

/** Text as a person reads it: VS Code renders blanks as no-break spaces. */
export function readable(text: string): string {
  return text.replaceAll('\u00a0', ' ').trim();
}
