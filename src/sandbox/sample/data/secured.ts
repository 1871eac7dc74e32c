import { ALL_PERMISSIONS, PERMISSIONS, type AclEntry } from '../../../domain/znode/acl';
import { digestIdentity } from '../../access';
import { pretty, type SampleNode } from './node';

/** What the demo workspace's README tells to sign in with. */
export const ALICE = 'alice:wonderland';

/** Znodes that not everybody may read, write or delete. */
export function secured(): SampleNode[] {
  const alice: AclEntry = { ...digestIdentity(ALICE), permissions: ALL_PERMISSIONS };
  const anyone = (permissions: number): AclEntry => ({
    scheme: 'world',
    id: 'anyone',
    permissions,
  });
  const local = { scheme: 'ip', id: '127.0.0.1', permissions: PERMISSIONS.read };
  const payroll = { month: '2026-11', employees: 214, totalCents: 98_214_700, approved: false };
  return [
    { path: '/secured/payroll', data: pretty(payroll), acl: [alice] },
    { path: '/secured/price-list', data: 'basic=9.90\n', acl: [alice, anyone(PERMISSIONS.read)] },
    { path: '/secured/this-machine', data: 'only from 127.0.0.1\n', acl: [alice, local] },
  ];
}
