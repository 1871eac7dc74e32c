/** Letters, digits and what host names and container names have besides; IPv6 without brackets. */
const HOST = /^(?:\w(?:[\w.-]{0,252}[\w.])?|[0-9a-fA-F:.]{2,45}(?:%\w{1,16})?)$/;
const ADDRESS = /^(?:\[([^\]]{2,62})\]|([^:[\]]{1,254})):(\d{1,5})$/;

/** `host:port` with IPv6 in brackets, or undefined when either is none. */
export function addressOf(host: unknown, port: unknown): string | undefined {
  if (typeof host !== 'string') return undefined;
  if (typeof port !== 'number' && !(typeof port === 'string' && /^\d{1,5}$/.test(port))) {
    return undefined;
  }
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  const number = Number(port);
  if (!HOST.test(bare) || !Number.isInteger(number) || number < 1 || number > 65_535) {
    return undefined;
  }
  return `${bare.includes(':') ? `[${bare}]` : bare}:${number}`;
}

/** The same address in its usual form, `[::1]:80`, or undefined when `text` is no `host:port`. */
export function parseAddress(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const [, v6, host, port] = ADDRESS.exec(text) ?? [];
  return v6 !== undefined && !v6.includes(':') ? undefined : addressOf(v6 ?? host, port);
}

/** Host, without brackets, and port of an address in its usual form. */
export function splitAddress(address: string): { readonly host: string; readonly port: number } {
  const [, v6, host = '', port] = ADDRESS.exec(address) ?? [];
  return { host: v6 ?? host, port: Number(port) };
}

/** Whether a host is an IPv4 or IPv6 address rather than a name. */
export function isIpAddress(host: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) || host.includes(':');
}
