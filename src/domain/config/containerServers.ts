import { problem } from '../capacity/result';
import type { Problem } from '../placement/types';
import { ownBlocks } from './existing';
import { readServerEntry } from './serverLine';
import { type KnownServers, MOST_SERVERS, newServer } from './servers';

/** `ZOO_SERVERS` as compose and Kubernetes have it. */
const LIST = /\bZOO_SERVERS(?::|\n\s*value:)[ \t]*(.*)/;
const OWN_ID = /\bZOO_MY_ID: (\d{1,3})$/m;

/**
 * The servers that a file for containers names already, none where there is no such file or it is
 * not ours. Without a list it is one server alone. What can't be read is a problem: counted wrongly,
 * the next file would add or remove several voters at once.
 */
export function containerServers(
  path: string,
  text: string | undefined,
  blocks: { readonly list: string; readonly ids?: string },
): KnownServers | Problem[] {
  const ours = ownBlocks(text);
  if (ours.size === 0) return new Map();
  const part = ours.get(blocks.list);
  if (part === undefined) return unreadable(path, `its block “${blocks.list}” is not closed`);
  if (!part.includes('ZOO_SERVERS')) {
    const id = Number(OWN_ID.exec(ours.get(blocks.ids ?? '') ?? '')?.[1] ?? 1);
    return new Map([[id, newServer(id, 'participant')]]);
  }
  const list = LIST.exec(part)?.[1]?.replace(/^"|"\s*$/g, '') ?? '';
  const servers = list
    .trim()
    .split(/\s+/)
    .map((server) => {
      const [key = '', value = ''] = server.split(/=(.*)/s);
      const entry = readServerEntry(key, value);
      return entry === undefined || entry === 'unreadable'
        ? undefined
        : ([entry.id, { line: entry.line, text: value }] as const);
    });
  const known = servers.filter((one) => one !== undefined);
  return known.length === servers.length && known.length <= MOST_SERVERS
    ? new Map(known)
    : unreadable(path, 'its ZOO_SERVERS is no list of servers');
}

const unreadable = (path: string, what: string): Problem[] => [
  problem(
    'unreadable',
    path,
    `${what}, so the voters that it has can't be counted. Mend it, or move the file away.`,
  ),
];
