import { type ZPath } from '../znode/path';
import { parseAddress } from './address';
import { isCuratorInstance } from './curator';
import { hasAddress } from './generic';
import { HBASE_NAME } from './hbase';
import { JOB_INSTANCE } from './elasticJob';
import { parseHelixInstance } from './helix';
import { readObject } from './json';
import { type ChildInput } from './member';
import { PROVIDER_URL } from './providerUrl';
import { SERVERSET_NAME } from './serverset';
import { parseSolrNode } from './solr';

export type MembershipKind =
  | 'dubbo'
  | 'sofaRpc'
  | 'kafka'
  | 'solrLiveNodes'
  | 'solrState'
  | 'serverset'
  | 'codisGroup'
  | 'codisProxy'
  | 'hbase'
  | 'helix'
  | 'helixConfig'
  | 'druid'
  | 'motan'
  | 'elasticJob'
  | 'curator'
  | 'addressNames'
  | 'json';

interface Rule {
  readonly kind: MembershipKind;
  /** Matches the end of the path of the parent, whatever root the system was given. */
  readonly path?: RegExp;
  readonly isMember: (name: string) => boolean;
}

/** At most this part of the children may have other names: a list is not spoilt by one stray. */
const STRAY_SHARE = 0.1;
/** A layout shows in its first children. */
const MAX_LOOKED_AT = 200;
const MAX_DATA_LOOKED_AT = 5;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isAddress = (name: string): boolean => parseAddress(name) !== undefined;
const matches =
  (pattern: RegExp) =>
  (name: string): boolean =>
    pattern.test(name);

/** From names that hardly anything else has to names that many systems have. */
const RULES: readonly Rule[] = [
  { kind: 'sofaRpc', path: /\/sofa-rpc\/[^/]+\/providers$/, isMember: matches(PROVIDER_URL) },
  { kind: 'dubbo', path: /\/providers$/, isMember: matches(PROVIDER_URL) },
  { kind: 'kafka', path: /\/brokers\/ids$/, isMember: matches(/^\d{1,10}$/) },
  {
    kind: 'solrLiveNodes',
    path: /\/live_nodes$/,
    isMember: (name) => typeof parseSolrNode({ name }) !== 'string',
  },
  { kind: 'serverset', isMember: matches(SERVERSET_NAME) },
  { kind: 'codisGroup', path: /\/codis\d*\/[^/]+\/group$/, isMember: matches(/^group-\d{4}$/) },
  {
    kind: 'codisProxy',
    path: /\/(?:codis\d*\/[^/]+\/proxy|jodis\/[^/]+)$/,
    isMember: matches(/^proxy-/),
  },
  { kind: 'hbase', path: /\/(?:rs|draining)$/, isMember: matches(HBASE_NAME) },
  {
    kind: 'helix',
    path: /\/LIVEINSTANCES$/,
    isMember: (name) => typeof parseHelixInstance({ name }) !== 'string',
  },
  { kind: 'helixConfig', path: /\/CONFIGS\/PARTICIPANT$/, isMember: () => true },
  {
    kind: 'druid',
    path: /\/(?:internal-discovery\/[^/]+|druid\/announcements)$/,
    isMember: isAddress,
  },
  {
    kind: 'motan',
    path: /\/motan\/[^/]+\/[^/]+\/(?:server|unavailableServer)$/,
    isMember: isAddress,
  },
  { kind: 'elasticJob', path: /\/instances$/, isMember: matches(JOB_INSTANCE) },
  {
    kind: 'curator',
    path: /\/services\/[^/]+$/,
    isMember: (name) => UUID.test(name) || isAddress(name),
  },
];

/**
 * What system registered the children of a znode, or undefined when they don't look like members.
 *
 * Names decide first, so data is needed for Curator instances below an unusual path and for JSON
 * only: pass the data of a few children where names say nothing. `addressNames` and `json` are no
 * system: children named `host:port`, and data with an address in it.
 */
export function detectMembership(
  path: ZPath,
  children: readonly ChildInput[],
): MembershipKind | undefined {
  if (children.length === 0) return undefined;
  if (/\/collections\/[^/]+$/.test(path) && children.some(({ name }) => name === 'state.json')) {
    return 'solrState';
  }
  const sample = children.slice(0, MAX_LOOKED_AT);
  const rule = RULES.find(
    ({ path: where, isMember }) =>
      where?.test(path) !== false && areMost(sample, ({ name }) => isMember(name)),
  );
  const read = sample.filter(({ data }) => data !== undefined && data.length > 0);
  // Other registries have a folder "services" too, so data that is known has the last word there.
  if (rule !== undefined && (rule.kind !== 'curator' || read.length === 0)) return rule.kind;
  const byData = kindOfData(read.slice(0, MAX_DATA_LOOKED_AT));
  if (byData === 'curator') return byData;
  return areMost(sample, ({ name }) => isAddress(name)) ? 'addressNames' : byData;
}

const NAME_IS_ENOUGH: readonly MembershipKind[] = [
  'dubbo',
  'sofaRpc',
  'solrLiveNodes',
  'hbase',
  'helix',
  'motan',
  'elasticJob',
  'addressNames',
];

/** Whether `parseMembers` needs the data of the children, or their names tell everything. */
export function needsData(kind: MembershipKind): boolean {
  return !NAME_IS_ENOUGH.includes(kind);
}

function kindOfData(children: readonly ChildInput[]): MembershipKind | undefined {
  if (children.length === 0) return undefined;
  const isCurator = ({ data }: ChildInput): boolean => {
    const object = readObject(data);
    return typeof object !== 'string' && isCuratorInstance(object);
  };
  if (areMost(children, isCurator)) return 'curator';
  return areMost(children, ({ data }) => data !== undefined && hasAddress(data))
    ? 'json'
    : undefined;
}

function areMost(children: readonly ChildInput[], isOne: (child: ChildInput) => boolean): boolean {
  const limit = children.length * STRAY_SHARE;
  let strays = 0;
  for (const child of children) if (!isOne(child) && ++strays > limit) return false;
  return true;
}
