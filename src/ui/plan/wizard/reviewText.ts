/** Longer lines are cut off in a quick input, which is never wider than about 600 px. */
const LINE = 74;

/** A problem says in its last sentence what to do. */
export function reasonAndRemedy(message: string): {
  readonly reason: string;
  readonly remedy: string;
} {
  const sentences = message.split(/(?<=\.) (?=[A-Z])/);
  if (sentences.length < 2) return { reason: message, remedy: '' };
  return { reason: sentences.slice(0, -1).join(' '), remedy: sentences.at(-1) ?? '' };
}

/** A text as rows of two lines that fit; no row when it is empty. */
export function linesOf(text: string): { readonly label: string; readonly detail?: string }[] {
  const lines = text.match(new RegExp(`\\S.{0,${LINE - 1}}(?=\\s|$)|\\S{${LINE},}`, 'g')) ?? [];
  return lines.flatMap((label, at) => {
    if (at % 2 === 1) return [];
    const detail = lines[at + 1];
    return [{ label, ...(detail !== undefined && { detail }) }];
  });
}
