import type { PickManyQuestion, UserInput } from './userInput';

/**
 * Asks which of several until at least one is ticked: OK with nothing ticked says by `hint` what to
 * do, in place of an end without a word.
 */
export async function pickSome<T>(
  ui: Pick<UserInput, 'pickMany' | 'notify'>,
  question: PickManyQuestion<T>,
  hint: string,
): Promise<T[]> {
  for (;;) {
    const chosen = await ui.pickMany(question);
    if (chosen.length > 0) return chosen;
    ui.notify({ severity: 'info', message: hint });
  }
}
