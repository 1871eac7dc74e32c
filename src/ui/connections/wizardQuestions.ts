import { cleanName, MAX_NAME_LENGTH } from '../../domain/connection';
import { formatConnectString, formatHost, parseConnectString } from '../../zk/connectString';
import { hostsText, isLocal } from './credentials';
import { describeProblem } from './problemText';
import { questionAt, type Wizard } from './wizardDraft';

export async function askHosts(wizard: Wizard): Promise<void> {
  const { ui, l10n, draft } = wizard;
  const text = await ui.input({
    ...questionAt(wizard, 'hosts'),
    prompt: l10n.t('Hosts and ports of the ensemble, and the chroot if there is one.'),
    placeholder: 'zk1.example.com:2181,zk2.example.com:2181/app',
    value: draft.connectString,
    validate: (value) => {
      const parsed = parseConnectString(value);
      return 'kind' in parsed ? describeProblem(parsed, l10n) : undefined;
    },
  });
  const parsed = parseConnectString(text);
  const connectString = 'kind' in parsed ? text : formatConnectString(parsed);
  if (isLocal(connectString) !== isLocal(draft.connectString)) draft.readOnly = undefined;
  draft.connectString = connectString;
}

export async function askName(wizard: Wizard): Promise<void> {
  const { ui, l10n, draft, start } = wizard;
  const text = await ui.input({
    ...questionAt(wizard, 'name'),
    prompt: l10n.t('Name of the connection.'),
    value: draft.name || suggestName(wizard),
    validate: (value) => {
      const name = value.trim();
      if (cleanName(value) === '') return l10n.t('Enter a name.');
      if (name.length > MAX_NAME_LENGTH) {
        return l10n.t('The name is longer than {0} characters. Shorten it.', MAX_NAME_LENGTH);
      }
      return start.takenNames.includes(cleanName(value))
        ? l10n.t('There is a connection named {0} already. Enter another name.', name)
        : undefined;
    },
  });
  draft.name = cleanName(text);
}

/** `Local`, or the first host and the chroot, as long as nobody else has that name. */
function suggestName({ draft, start, l10n }: Wizard): string {
  const parsed = parseConnectString(draft.connectString);
  const [first] = 'kind' in parsed ? [] : parsed.hosts;
  if ('kind' in parsed || !first) return '';
  const candidates = [
    isLocal(draft.connectString) ? l10n.t('Local') : first.host,
    first.host + parsed.chroot,
    formatHost(first) + parsed.chroot,
  ];
  return candidates.map(cleanName).find((name) => !start.takenNames.includes(name)) ?? '';
}

export async function askAuth(wizard: Wizard): Promise<void> {
  const { ui, l10n, draft } = wizard;
  draft.auth = await ui.pick({
    ...questionAt(wizard, 'auth'),
    placeholder: l10n.t('Choose how to log in.'),
    active: draft.auth,
    items: [
      { label: l10n.t('No credentials'), value: 'none' as const },
      {
        label: l10n.t('User and password'),
        description: l10n.t('digest'),
        detail: l10n.t('They are kept in the secret storage of this machine.'),
        value: 'digest' as const,
      },
    ],
  });
}

export async function askAccess(wizard: Wizard): Promise<void> {
  const { ui, l10n, draft } = wizard;
  const { connectString } = draft;
  draft.readOnly = await ui.pick({
    ...questionAt(wizard, 'access'),
    placeholder: l10n.t('Choose what may be done to {0}.', hostsText(connectString)),
    active: draft.readOnly ?? !isLocal(connectString),
    items: [
      {
        label: l10n.t('Read only'),
        detail: l10n.t('Nothing can be changed through this connection.'),
        value: true,
      },
      {
        label: l10n.t('Read and write'),
        detail: l10n.t('Znodes can be created, edited and deleted.'),
        value: false,
      },
    ],
  });
}
