import { assertNever } from '../../base/assert';
import { displayName } from '../znode/displayName';
import { compareNames } from '../znode/names';
import { parseCodisGroup, parseCodisProxy } from './codis';
import { parseCuratorInstance } from './curator';
import { type MembershipKind } from './detect';
import { parseDruidNode } from './druid';
import { parseJobInstance } from './elasticJob';
import { jsonParser, parseAddressName, type FieldNames } from './generic';
import { parseHBaseServer } from './hbase';
import { parseHelixConfig, parseHelixInstance } from './helix';
import { parseKafkaBroker } from './kafka';
import {
  memberOf,
  type ChildInput,
  type ChildParser,
  type Draft,
  type Member,
  type MemberProblem,
  type MembershipInput,
  type Report,
} from './member';
import { parseMotanServer } from './motan';
import { parseProvider } from './providerUrl';
import { parseServerset } from './serverset';
import { parseSolrNode, parseSolrState } from './solr';

export interface Membership {
  /** In natural order of the children, each address once. */
  readonly members: Member[];
  readonly problems: MemberProblem[];
}

interface Found {
  readonly child: ChildInput;
  readonly draft: Draft;
}

/**
 * The members that the children of a znode stand for, and what could not be understood.
 *
 * An address that several children claim counts once, and each further child is a problem: the
 * session of a process that died may still be there beside its successor, and Dubbo lists every
 * protocol and group apart. A member that is up wins over one that is not. `fields` says where kind
 * `json` finds things. Names in reasons are escaped and cut, `child` is the name as it is.
 */
export function parseMembers(
  kind: MembershipKind,
  input: MembershipInput,
  fields?: FieldNames,
): Membership {
  const problems: MemberProblem[] = [];
  const report: Report = (child, reason) => void problems.push({ child, reason });
  const children = [...input.children].sort((a, b) => compareNames(a.name, b.name));
  const sorted = { path: input.path, children };
  const found =
    kind === 'serverset'
      ? parseServerset(sorted, report)
      : parseEach(parserOf(kind, fields), sorted, report);

  const members: Member[] = [];
  const indexOf = new Map<string, number>();
  for (const { child, draft } of found) {
    const [member, complaint] = memberOf(draft, child);
    if (complaint !== undefined) report(child.name, complaint);
    const index = indexOf.get(member.address);
    const other = index === undefined ? undefined : members[index];
    if (index === undefined || other === undefined) {
      indexOf.set(member.address, members.length);
      members.push(member);
    } else {
      const [kept, dropped] = other.down && !member.down ? [member, other] : [other, member];
      members[index] = kept;
      report(dropped.child, `has the address ${kept.address} of ${displayName(kept.child, 80)}`);
    }
  }
  return { members: withUsableIds(members, report), problems };
}

/**
 * Placements take ids from 1, each once. A broker 0 goes without; a shard that registered twice, as
 * it does while it moves, keeps the first.
 */
function withUsableIds(members: readonly Member[], report: Report): Member[] {
  const used = new Set<number>();
  return members.map((member) => {
    const { id, ...rest } = member;
    if (id === undefined || (id >= 1 && id <= 0x7fffffff && !used.has(id))) {
      if (id !== undefined) used.add(id);
      return member;
    }
    if (used.has(id)) report(member.child, `has the id ${id} of another member`);
    return rest;
  });
}

function parseEach(parse: ChildParser, input: MembershipInput, report: Report): Found[] {
  return input.children.flatMap((child) => {
    const result = parse(child, input);
    if (typeof result === 'string') {
      report(child.name, result);
      return [];
    }
    const drafts = 'address' in result ? [result] : result;
    return drafts.map((draft) => ({ child, draft }));
  });
}

function parserOf(kind: Exclude<MembershipKind, 'serverset'>, fields?: FieldNames): ChildParser {
  switch (kind) {
    case 'dubbo':
    case 'sofaRpc':
      return parseProvider;
    case 'kafka':
      return parseKafkaBroker;
    case 'solrLiveNodes':
      return parseSolrNode;
    case 'solrState':
      return (child) => (child.name === 'state.json' ? parseSolrState(child) : []);
    case 'codisGroup':
      return parseCodisGroup;
    case 'codisProxy':
      return parseCodisProxy;
    case 'hbase':
      return parseHBaseServer;
    case 'helix':
      return parseHelixInstance;
    case 'helixConfig':
      return parseHelixConfig;
    case 'druid':
      return parseDruidNode;
    case 'motan':
      return parseMotanServer;
    case 'elasticJob':
      return parseJobInstance;
    case 'curator':
      return parseCuratorInstance;
    case 'addressNames':
      return parseAddressName;
    case 'json':
      return jsonParser(fields);
    default:
      return assertNever(kind);
  }
}
