import { cleanName, MAX_NAME_LENGTH } from '../../domain/connectionEntry';
import { formatConnectString, formatHost, parseConnectString } from '../../zk/connectString';
import type { PickItem } from '../userInput';
import { hostsText, isLocal } from './credentials';
import { describeProblem } from './problemText';
import type { Access, Method, Wizard } from './wizardDraft';
import { questionAt } from './wizardSteps';

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
  if (isLocal(connectString) !== isLocal(draft.connectString)) draft.access = undefined;
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

/** Whoever chooses Kerberos is told what to use instead, and chooses again. */
export async function askAuth(wizard: Wizard): Promise<void> {
  const { ui, l10n, draft } = wizard;
  for (let active: Method | 'kerberos' = draft.method; ;) {
    active = await ui.pick({
      ...questionAt(wizard, 'auth'),
      placeholder: l10n.t('Choose how to log in.'),
      active,
      items: methods(l10n),
    });
    if (active !== 'kerberos') {
      draft.method = active;
      return;
    }
    ui.notify({
      severity: 'info',
      message: l10n.t(
        'Kerberos (SASL GSSAPI) is not supported. Use SASL DIGEST-MD5, a TLS client certificate, or digest credentials instead.',
      ),
    });
  }
}

function methods(l10n: Wizard['l10n']): PickItem<Method | 'kerberos'>[] {
  return [
    { label: l10n.t('No credentials'), value: 'none' },
    {
      label: l10n.t('User and password'),
      description: l10n.t('digest'),
      detail: l10n.t('They are kept in the secret storage of this machine.'),
      value: 'digest',
    },
    {
      label: l10n.t('Several users and passwords'),
      description: l10n.t('digest'),
      detail: l10n.t('For znodes that belong to different users.'),
      value: 'several',
    },
    {
      label: l10n.t('SASL DIGEST-MD5'),
      detail: l10n.t('The user and password of a server with JAAS configuration.'),
      value: 'sasl',
    },
    {
      label: l10n.t('Kerberos'),
      description: l10n.t('SASL GSSAPI'),
      detail: l10n.t('Not supported.'),
      value: 'kerberos',
    },
  ];
}

export async function askAccess(wizard: Wizard): Promise<void> {
  const { ui, l10n, draft } = wizard;
  const { connectString } = draft;
  const isHere = isLocal(connectString);
  const production: PickItem<Access> = {
    label: l10n.t('Read and write, production'),
    detail: l10n.t('The same, with a colour of its own, and every question names the connection.'),
    value: 'production',
  };
  draft.access = await ui.pick<Access>({
    ...questionAt(wizard, 'access'),
    placeholder: l10n.t('Choose what may be done to {0}.', hostsText(connectString)),
    active: draft.access ?? (isHere ? 'writable' : 'readOnly'),
    items: [
      {
        label: l10n.t('Read only'),
        detail: l10n.t('Nothing can be changed through this connection.'),
        value: 'readOnly',
      },
      {
        label: l10n.t('Read and write'),
        detail: l10n.t('Znodes can be created, edited and deleted.'),
        value: 'writable',
      },
      // This machine itself is no production, unless someone says so.
      ...(isHere && draft.access !== 'production' ? [] : [production]),
    ],
  });
}
