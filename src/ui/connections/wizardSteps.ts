import type { Question } from '../userInput';
import type { Draft, Wizard } from './wizardDraft';

/** The steps in their order, and when each one is asked. */
const STEPS = {
  hosts: () => true,
  security: () => true,
  authorities: ({ security }) => security !== 'none',
  serverName: ({ security }) => security !== 'none',
  certificate: ({ security }) => security === 'mutual',
  key: ({ security, isPkcs12 }) => security === 'mutual' && !isPkcs12,
  passphrase: ({ security, lockedFile }) => security === 'mutual' && lockedFile !== undefined,
  name: () => true,
  auth: () => true,
  user: ({ method }) => method !== 'none',
  password: ({ method }) => method !== 'none',
  identities: ({ method }) => method === 'several',
  access: () => true,
  test: () => true,
} satisfies Record<string, (draft: Draft) => boolean>;

export type StepName = keyof typeof STEPS;

const NAMES = Object.keys(STEPS) as StepName[];

/** Title and number of a step among those that are asked. */
export function questionAt({ start, draft }: Wizard, name: StepName): Question {
  const names = NAMES.filter((step) => STEPS[step](draft));
  return { title: start.title, step: names.indexOf(name) + 1, totalSteps: names.length };
}

/** The step that follows, as long as there is one. */
export function stepAfter({ draft }: Wizard, name: StepName): StepName | undefined {
  return NAMES.slice(NAMES.indexOf(name) + 1).find((step) => STEPS[step](draft));
}
