import { majority } from '../../capacity/ensemble/quorum';
import {
  addressesOf,
  isServerKey,
  isVoteKey,
  readServerEntry,
  serverId,
  type ServerLine,
} from '../serverLine';
import { type CfgEntry, cfgValue, type ZooCfg } from '../zooCfgParse';
import type { Finding } from './finding';
import { addKey, setValue } from './fixes';

/** A `server.N` with its line when ZooKeeper would take it. */
interface Member {
  readonly entry: CfgEntry;
  readonly line: ServerLine | undefined;
}

function membersOf({ values }: ZooCfg): Member[] {
  return [...values.values()].flatMap((entry): Member[] => {
    const read = readServerEntry(entry.key, entry.value);
    if (read === undefined) return [];
    return [{ entry, line: read === 'unreadable' ? undefined : read.line }];
  });
}

/** How many servers vote, of those that the file lists; undefined when one can't be read. */
export function votersOf(cfg: ZooCfg): number | undefined {
  const members = membersOf(cfg);
  if (members.some(({ line }) => line === undefined)) return undefined;
  return members.filter(({ line }) => line?.role === 'participant').length;
}

/** Whether all servers have one address, as an ensemble that is only tried. */
export const isOneMachine = (cfg: ZooCfg): boolean =>
  new Set(membersOf(cfg).map(({ line }) => line?.host)).size === 1;

/** What is wrong with the list of servers, in either file. */
export function lintServers(cfg: ZooCfg): Finding[] {
  const members = membersOf(cfg);
  const bad = members
    .filter(({ line }) => line === undefined)
    .map(({ entry }): Finding => ({
      code: 'badServer',
      args: [entry.key],
      severity: 'error',
      range: serverId(entry.key) === undefined ? entry.keyRange : entry.valueRange,
    }));
  // Whether an unreadable line is a voter is not known, and groups and weights (QuorumHierarchical)
  // decide by other numbers than that of the voters: then the size is not judged.
  const isJudged = bad.length === 0 && ![...cfg.values.keys()].some(isVoteKey);
  return [...bad, ...sharedAddresses(members), ...(isJudged ? sizeOf(members) : [])];
}

function sharedAddresses(members: readonly Member[]): Finding[] {
  const seen = new Map<string, string>();
  return members.flatMap(({ entry, line }): Finding[] => {
    if (line === undefined) return [];
    const taken = addressesOf(line)
      .flatMap(({ host, quorumPort, electionPort }) => [
        `${host}:${quorumPort}`,
        `${host}:${electionPort}`,
      ])
      .map((address) => ({ address, by: seen.get(address) }));
    for (const { address } of taken) seen.set(address, entry.key);
    const clash = taken.find(({ by }) => by !== undefined);
    if (clash === undefined) return [];
    const args = [clash.address, clash.by ?? ''];
    return [{ code: 'repeatedAddress', args, severity: 'error', range: entry.valueRange }];
  });
}

function sizeOf(members: readonly Member[]): Finding[] {
  const voters = members.filter(({ line }) => line?.role === 'participant');
  const last = voters.at(-1);
  const count = voters.length;
  if (last === undefined || count % 2 === 1) return [];
  const range = last.entry.keyRange;
  if (count === 2) return [{ code: 'twoVoters', args: [], severity: 'warning', range }];
  const args = [String(count), String(count - majority(count)), String(count - 1)];
  return [{ code: 'evenVoters', args, severity: 'warning', range }];
}

/** What a server that is one of several needs in `zoo.cfg`. */
export function lintQuorum(cfg: ZooCfg): Finding[] {
  const members = membersOf(cfg);
  const dynamic = cfg.values.get('dynamicConfigFile');
  const first = members[0]?.entry ?? dynamic;
  if (first === undefined) return lintAlone(cfg);
  if (members.length === 1 && dynamic === undefined) return [];
  const missing = (['initLimit', 'syncLimit'] as const)
    .filter((key) => cfgValue(cfg, key) === undefined)
    .map((key): Finding => ({
      code: 'missingLimit',
      args: [key],
      severity: 'error',
      range: first.keyRange,
      fix: addKey(cfg, key, key === 'initLimit' ? '10' : '5'),
    }));
  if (dynamic === undefined) return missing;
  const inBoth = [...cfg.values.values()]
    .filter(({ key }) => isServerKey(key) || isVoteKey(key))
    .map(({ key, keyRange }): Finding => ({
      code: 'serverInBothFiles',
      args: [key, dynamic.value],
      severity: 'error',
      range: keyRange,
    }));
  return [...missing, ...inBoth];
}

/** A server without a list may only be alone: “Invalid config, exiting abnormally” otherwise. */
function lintAlone({ values }: ZooCfg): Finding[] {
  const entry = values.get('standaloneEnabled');
  if (entry?.value.toLowerCase() !== 'false') return [];
  const fix = setValue(entry, 'true');
  return [{ code: 'noServers', args: [], severity: 'error', range: entry.valueRange, fix }];
}
