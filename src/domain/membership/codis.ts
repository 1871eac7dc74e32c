import { parseAddress } from './address';
import { field, readObject, textField } from './json';
import { type ChildInput, type Draft } from './member';

/**
 * A Codis group (`pkg/models/group.go`), which owns slots. Its first server is the master, the one
 * that keys land on; the others are its replicas and no members of their own.
 */
export function parseCodisGroup({ name, data }: ChildInput): Draft | string {
  const group = readObject(data);
  if (typeof group === 'string') return group;
  const servers = field(group, 'servers');
  const master: unknown = Array.isArray(servers) ? servers[0] : undefined;
  if (master === undefined) return 'has no server';
  const address = parseAddress(field(master, 'server'));
  if (address === undefined) return 'has a master whose "server" is no host:port';
  return { address, name, id: whole(field(group, 'id')), zone: textField(master, 'datacenter') };
}

/** A Codis proxy (`pkg/models/proxy.go`), or what it registers for clients (`jodis.go`). */
export function parseCodisProxy({ data }: ChildInput): Draft | string {
  const proxy = readObject(data);
  if (typeof proxy === 'string') return proxy;
  const address = parseAddress(field(proxy, 'proxy_addr') ?? field(proxy, 'addr'));
  if (address === undefined) return 'has no "proxy_addr" or "addr" with host:port';
  const state = textField(proxy, 'state');
  return {
    address,
    id: whole(field(proxy, 'id')),
    zone: textField(proxy, 'datacenter'),
    state: state === undefined || state === 'online' ? undefined : 'down',
  };
}

function whole(value: unknown): number | undefined {
  return Number.isInteger(value) ? (value as number) : undefined;
}
