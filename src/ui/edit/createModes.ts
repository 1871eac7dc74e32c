import type * as vscode from 'vscode';
import type { CreateMode } from '../../zk/client';
import type { PickItem } from '../userInput';

/** The seven modes, each with what becomes of the znode. */
export function createModes(l10n: typeof vscode.l10n): PickItem<CreateMode>[] {
  const number = l10n.t('The server puts a growing number of ten digits behind the name.');
  const session = l10n.t(
    'Deleted when this window disconnects, closes, or loses its session. No children.',
  );
  const ttl = l10n.t('Deleted when it has no children and was not changed for a time.');
  return [
    { label: l10n.t('Persistent'), detail: l10n.t('Stays until deleted.'), value: 'persistent' },
    { label: l10n.t('Persistent, sequential'), detail: number, value: 'persistentSequential' },
    { label: l10n.t('Ephemeral'), detail: session, value: 'ephemeral' },
    {
      label: l10n.t('Ephemeral, sequential'),
      detail: `${session} ${number}`,
      value: 'ephemeralSequential',
    },
    {
      label: l10n.t('Container'),
      detail: l10n.t('Deleted by the server some time after its last child. Since 3.5.'),
      value: 'container',
    },
    {
      label: l10n.t('With time to live (TTL)'),
      detail: l10n.t('{0} Needs zookeeper.extendedTypesEnabled.', ttl),
      value: 'persistentTtl',
    },
    {
      label: l10n.t('With time to live (TTL), sequential'),
      detail: `${ttl} ${number}`,
      value: 'persistentSequentialTtl',
    },
  ];
}
