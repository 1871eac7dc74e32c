import { parseAddress } from '../membership/address';
import type { Server } from '../placement/types';

/**
 * Servers as one types them: addresses between blanks or commas, each perhaps with a weight and a
 * zone, `10.0.0.1:11211=2@east`. The first word that is none when there is one.
 */
export function typedServers(text: string): Server[] | { readonly wrong: string } {
  const servers = new Map<string, Server>();
  for (const word of text.split(/[\s,;]+/).filter((one) => one !== '')) {
    const [, name = '', weight, zone] =
      /^([^=@]+)(?:=(\d{1,9}))?(?:@([^@=]{1,60}))?$/.exec(word) ?? [];
    const address = parseAddress(name);
    if (address === undefined || weight === '0') return { wrong: word };
    servers.set(address, {
      address,
      ...(weight !== undefined && { weight: Number(weight) }),
      ...(zone !== undefined && { zone }),
    });
  }
  return [...servers.values()];
}
