import type { Member } from './layout/points';
import type { Server } from './types';

/** Servers without an id get the next free one from their 1-based position on, as HAProxy does it. */
export function membersOf(servers: readonly Server[]): Member[] {
  const used = new Set(servers.map(({ id }) => id));
  let next = 1;
  return servers.map((server, index) => {
    let id = server.id;
    if (id === undefined) {
      while (used.has(next)) next++;
      id = next;
      used.add(id);
    }
    next++;
    return { server, index, id };
  });
}
