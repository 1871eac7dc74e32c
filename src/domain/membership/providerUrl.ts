import { addressOf } from './address';
import { type ChildInput, type Draft } from './member';

/** Real names are below 4 KiB; the server bounds names by its packets only. */
const MAX_NAME = 64 << 10;
const URL = /^[a-zA-Z][\w.+-]*:\/\/(?:[^@/?#]*@)?(?:\[([^\]]+)\]|([^:/?#]*)):(\d{1,5})(?:[/?#]|$)/;

/** Percent-encoded URLs as names, as Dubbo and SOFA-RPC make them. */
export const PROVIDER_URL = /^[a-zA-Z][\w.+-]*%3A%2F%2F/i;

/**
 * A provider whose name is its percent-encoded URL.
 *
 * Dubbo (`ZookeeperRegistry.toUrlPath`): `dubbo://host:port/<interface>?…`, left out by its clients
 * when `disabled=true` or `enabled=false`. SOFA-RPC (`ZookeeperRegistryHelper`): `bolt://host:port?…`.
 * Both write `weight`, which Dubbo's consistent hashing ignores.
 */
export function parseProvider({ name }: ChildInput): Draft | string {
  if (name.length > MAX_NAME) return 'has a name too long for a URL';
  let url;
  try {
    url = decodeURIComponent(name);
  } catch {
    return 'is no percent-encoded URL';
  }
  const [, v6, host, port] = URL.exec(url) ?? [];
  if (port === undefined) return 'is no URL with host and port';
  const address = addressOf(v6 ?? host, port);
  if (address === undefined) return 'is a URL without a usable host and port';
  const isOff = parameter(url, 'disabled') === 'true' || parameter(url, 'enabled') === 'false';
  return { address, weight: parameter(url, 'weight'), state: isOff ? 'down' : undefined };
}

function parameter(url: string, name: string): string | undefined {
  const query = url.indexOf('?');
  if (query < 0) return undefined;
  const pair = url
    .slice(query + 1)
    .split('&')
    .find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}
