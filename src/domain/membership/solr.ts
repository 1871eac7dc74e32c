import { parseAddress } from './address';
import { field, isObject, readObject, textField } from './json';
import { type ChildInput, type Draft } from './member';

/** `host:port_context`, the context percent-encoded and empty for the root (`ZkController`). */
const NODE_NAME = /^(.+:\d{1,5})_[^/]*$/;

/** A child of `/live_nodes`. */
export function parseSolrNode({ name }: ChildInput): Draft | string {
  const address = parseAddress(NODE_NAME.exec(name)?.[1]);
  return address === undefined ? 'is no node name such as host:8983_solr' : { address, name };
}

/**
 * The nodes that hold replicas, from `state.json` of a collection, one draft each. A node is down
 * when none of its replicas is active or recovering. Whether it lives, only `/live_nodes` tells:
 * what a replica last said of itself outlives it.
 */
export function parseSolrState({ data }: ChildInput): Draft[] | string {
  const object = readObject(data);
  if (typeof object === 'string') return object;
  const replicas = valuesOf(object)
    .flatMap((collection) => valuesOf(field(collection, 'shards')))
    .flatMap((shard) => valuesOf(field(shard, 'replicas')));
  if (replicas.length === 0) return 'has no replicas';
  const isUsable = new Map<string, boolean>();
  for (const replica of replicas) {
    const node = textField(replica, 'node_name');
    if (node === undefined) return 'has a replica without "node_name"';
    const state = textField(replica, 'state');
    const runs = state === undefined || state === 'active' || state === 'recovering';
    isUsable.set(node, isUsable.get(node) === true || runs);
  }
  const drafts: Draft[] = [];
  for (const [name, usable] of isUsable) {
    const draft = parseSolrNode({ name });
    if (typeof draft === 'string') return 'has a "node_name" that is none such as host:8983_solr';
    drafts.push({ ...draft, state: usable ? 'unknown' : 'down' });
  }
  return drafts;
}

function valuesOf(object: unknown): unknown[] {
  return isObject(object) ? Object.values(object) : [];
}
