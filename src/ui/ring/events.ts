import type * as vscode from 'vscode';
import type { Member } from '../../domain/membership/member';
import { displayName } from '../../domain/znode/displayName';

type Translate = Pick<typeof vscode.l10n, 't'>;

const NAMED = 5;

/** What happened to a membership, in words; undefined when nothing that a ring shows. */
export function describeChange(
  before: readonly Member[],
  after: readonly Member[],
  { t }: Translate,
): string | undefined {
  const earlier = new Map(before.map((member) => [member.address, member]));
  const later = new Set(after.map(({ address }) => address));
  const texts: string[] = [];
  for (const member of after) {
    const old = earlier.get(member.address);
    const name = displayName(member.address, 60);
    if (!old) texts.push(t('{0} joined', name));
    else if ((old.weight ?? 1) !== (member.weight ?? 1)) {
      texts.push(t('{0} weight {1} → {2}', name, old.weight ?? 1, member.weight ?? 1));
    } else if (old.state !== member.state) {
      texts.push(t('{0} is {1}', name, member.state));
    }
  }
  for (const { address } of before) {
    if (!later.has(address)) texts.push(t('{0} left', displayName(address, 60)));
  }
  if (texts.length === 0) return undefined;
  const rest = texts.length - NAMED;
  const named = texts.slice(0, NAMED).join(', ');
  return rest > 0 ? t('{0} and {1} more', named, rest) : named;
}
