import { bindingOf } from '../secrets';
import { WentBack } from '../userInput';
import { hostsText, mayBeSent, problemOfPassword, problemOfUser } from './credentials';
import { linkOf, savedPassword, type Wizard } from './wizardDraft';
import { questionAt } from './wizardSteps';

/** @param at which of several users; 0 for a single one */
export async function askUser(wizard: Wizard, at: number): Promise<void> {
  const { ui, l10n, draft } = wizard;
  const before = draft.logins[at];
  const user = await ui.input({
    ...questionAt(wizard, 'user'),
    prompt: l10n.t('User for {0}.', hostsText(draft.connectString)),
    value: before?.user ?? '',
    validate: (text) =>
      draft.method === 'several' && draft.logins.some((login, i) => i !== at && login.user === text)
        ? l10n.t('{0} is an identity already. Enter another user.', text)
        : problemOfUser(text, l10n),
  });
  draft.logins[at] = { user, password: before?.password ?? '' };
}

export async function askPassword(wizard: Wizard, at: number): Promise<void> {
  const { ui, l10n, draft } = wizard;
  const login = draft.logins[at];
  if (!login) throw new WentBack(); // was removed since
  const isSaved = savedPassword(wizard, login.user) !== undefined;
  const password = await ui.input({
    ...questionAt(wizard, 'password'),
    prompt: isSaved
      ? l10n.t('Password of {0}. Leave it empty to keep the saved one.', login.user)
      : l10n.t('Password of {0}.', login.user),
    password: true,
    value: login.password,
    validate: (text) => (isSaved ? undefined : problemOfPassword(text, l10n)),
  });
  draft.logins[at] = { ...login, password };
}

/** Asks whether several users are enough; returns whether to add another one. */
export async function askForMore(wizard: Wizard): Promise<boolean> {
  const { ui, l10n, draft } = wizard;
  for (;;) {
    const choice = await ui.pick<'done' | 'add' | { remove: string }>({
      ...questionAt(wizard, 'identities'),
      placeholder: l10n.t(
        'Identities: {0}. Their permissions add up.',
        draft.logins.map(({ user }) => user).join(', '),
      ),
      active: 'done',
      items: [
        { label: l10n.t('Continue'), icon: 'arrow-right', value: 'done' },
        { label: l10n.t('Add another identity'), icon: 'add', value: 'add' },
        ...(draft.logins.length < 2 ? [] : draft.logins).map(({ user }) => ({
          label: l10n.t('Remove {0}', user),
          icon: 'trash',
          value: { remove: user },
        })),
      ],
    });
    if (typeof choice === 'string') return choice === 'add';
    draft.logins = draft.logins.filter(({ user }) => user !== choice.remove);
  }
}

/** Drops the users without a password, as one that was left by *Back*; says whether any remain. */
export function hasLogins(wizard: Wizard): boolean {
  const { draft } = wizard;
  draft.logins = draft.logins.filter(
    ({ user, password }) => password !== '' || savedPassword(wizard, user) !== undefined,
  );
  return draft.logins.length > 0;
}

/** Whether the credentials may be used on this link; asks once for the same one. */
export async function acceptSending(wizard: Wizard): Promise<boolean> {
  const { ui, l10n, draft } = wizard;
  const link = linkOf(wizard);
  const binding = bindingOf(link);
  if (draft.acceptedFor === binding) return true;
  if (!(await mayBeSent(link, ui, l10n))) return false;
  draft.acceptedFor = binding;
  return true;
}
