import { bindingOf } from '../secrets';
import { hostsText, mayBeSent, problemOfPassword, problemOfUser } from './credentials';
import { questionAt, savedPassword, type Wizard } from './wizardDraft';

export async function askUser(wizard: Wizard): Promise<void> {
  const { ui, l10n, draft } = wizard;
  draft.user = await ui.input({
    ...questionAt(wizard, 'user'),
    prompt: l10n.t('User for {0}.', hostsText(draft.connectString)),
    value: draft.user,
    validate: (text) => problemOfUser(text, l10n),
  });
}

export async function askPassword(wizard: Wizard): Promise<void> {
  const { ui, l10n, draft } = wizard;
  const isSaved = savedPassword(wizard) !== undefined;
  draft.password = await ui.input({
    ...questionAt(wizard, 'password'),
    prompt: isSaved
      ? l10n.t('Password of {0}. Leave it empty to keep the saved one.', draft.user)
      : l10n.t('Password of {0}.', draft.user),
    password: true,
    value: draft.password,
    validate: (text) => (isSaved ? undefined : problemOfPassword(text, l10n)),
  });
}

/** Whether the password may go to these hosts; asks once for the same hosts. */
export async function acceptSending({ ui, l10n, draft }: Wizard): Promise<boolean> {
  const binding = bindingOf(draft.connectString);
  if (draft.acceptedFor === binding) return true;
  if (!(await mayBeSent(draft.connectString, ui, l10n))) return false;
  draft.acceptedFor = binding;
  return true;
}
