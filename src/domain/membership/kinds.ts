import type { MembershipKind } from './detect';

/** All layouts that membership can have, to choose from. */
export const KINDS: readonly MembershipKind[] = [
  ...(['addressNames', 'json', 'curator', 'dubbo', 'sofaRpc', 'serverset', 'kafka'] as const),
  ...(['solrLiveNodes', 'solrState', 'codisGroup', 'codisProxy', 'hbase', 'helix'] as const),
  ...(['helixConfig', 'druid', 'motan', 'elasticJob'] as const),
];
