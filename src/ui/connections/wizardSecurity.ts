import type { Wizard } from './wizardDraft';
import { questionAt } from './wizardSteps';

export async function askSecurity(wizard: Wizard): Promise<void> {
  const { ui, l10n, draft } = wizard;
  draft.security = await ui.pick({
    ...questionAt(wizard, 'security'),
    placeholder: l10n.t('Choose how the connection is secured.'),
    active: draft.security,
    items: [
      {
        label: l10n.t('No TLS'),
        detail: l10n.t('Everything is sent as it is, for everyone on the network to read.'),
        value: 'none' as const,
      },
      {
        label: l10n.t('TLS'),
        detail: l10n.t('Encrypted, and the server proves who it is.'),
        value: 'tls' as const,
      },
      {
        label: l10n.t('TLS with a client certificate'),
        description: l10n.t('mTLS'),
        detail: l10n.t('This client proves who it is too.'),
        value: 'mutual' as const,
      },
    ],
  });
}

export async function askServerName(wizard: Wizard): Promise<void> {
  const { ui, l10n, draft } = wizard;
  draft.verifyServerName = await ui.pick({
    ...questionAt(wizard, 'serverName'),
    placeholder: l10n.t('Choose whether a server’s certificate must name its host.'),
    active: draft.verifyServerName,
    items: [
      { label: l10n.t('Check the server name'), description: l10n.t('recommended'), value: true },
      {
        label: l10n.t('Do not check the server name'),
        detail: l10n.t('Whoever has any certificate of these authorities can pose as the server.'),
        value: false,
      },
    ],
  });
}
