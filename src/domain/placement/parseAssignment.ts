import type { Assignment, AssignmentKind, Problem, Server } from './types';

/** Checks of assignments, which come from files and from znodes. */
const MAX_ENTRIES = 1_000_000;
const SLOTS: Readonly<Record<string, number>> = { 'redis-cluster': 16_384, codis: 1024 };

type Entry = Readonly<Record<string, unknown>>;

/**
 * The assignment in parsed JSON: an object with a list `slots`, `partitions`, `ranges` or `tokens`,
 * whichever this preset needs.
 */
export function parseAssignment(
  presetId: string,
  kind: AssignmentKind,
  value: unknown,
): Assignment | Problem[] {
  const list = isEntry(value) ? value[kind] : undefined;
  if (!Array.isArray(list) || list.length === 0) {
    return [problem('assignment.shape', `The assignment needs a list "${kind}".`, 'assignment')];
  }
  if (list.length > MAX_ENTRIES) {
    const message = `At most ${MAX_ENTRIES} entries can be read.`;
    return [problem('assignment.tooMany', message, `assignment.${kind}`)];
  }
  const check = checks[kind];
  const slots = SLOTS[presetId] ?? 0;
  for (const [i, entry] of list.entries()) {
    const message = check(entry, slots);
    if (message === undefined) continue;
    return [problem('assignment.entry', message, `assignment.${kind}[${i}]`)];
  }
  if (kind === 'slots' && slotCount(list) > slots) {
    const message = `The slots overlap: together they are more than ${slots}.`;
    return [problem('assignment.overlap', message, 'assignment.slots')];
  }
  // Each entry has passed the check of its kind.
  return { [kind]: list };
}

/** Slots in all ranges together; entries are checked. */
const slotCount = (list: readonly unknown[]): number =>
  (list as NonNullable<Assignment['slots']>).reduce((sum, { from, to }) => sum + to - from + 1, 0);

const checks: Record<AssignmentKind, (entry: unknown, slots: number) => string | undefined> = {
  slots: (entry, slots) => {
    const { from, to, owner } = isEntry(entry) ? entry : {};
    const isSlot = (slot: unknown): slot is number =>
      typeof slot === 'number' && Number.isInteger(slot) && slot >= 0 && slot < slots;
    if (!isSlot(from) || !isSlot(to) || from > to) {
      return `"from" and "to" must be slots from 0 to ${slots - 1}, in this order.`;
    }
    return isName(owner) ? undefined : '"owner" must be the address or name of a server.';
  },
  partitions: (entry) =>
    entry === null || isName(entry)
      ? undefined
      : 'A partition has the address of its leader, or null.',
  ranges: (entry) => {
    const { from, to, name, owner } = isEntry(entry) ? entry : {};
    const isBound = (bound: unknown): bound is string =>
      typeof bound === 'string' && /^[0-9a-f]{1,8}$/i.test(bound);
    if (!isBound(from) || !isBound(to) || (parseInt(from, 16) | 0) > (parseInt(to, 16) | 0)) {
      return '"from" and "to" must be signed hexadecimal numbers in this order, as 80000000-ffffffff.';
    }
    if (!isName(name)) return '"name" must be the name of the shard.';
    return owner === undefined || isName(owner) ? undefined : '"owner" must be an address.';
  },
  tokens: (entry) => {
    const { token, owner } = isEntry(entry) ? entry : {};
    const isToken =
      typeof token === 'string' &&
      /^-?\d{1,19}$/.test(token) &&
      BigInt.asIntN(64, BigInt(token)) === BigInt(token);
    if (!isToken) return '"token" must be a signed 64-bit number as text.';
    return isName(owner) ? undefined : '"owner" must be the address or name of a server.';
  },
};

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';
const problem = (code: string, message: string, where: string): Problem => ({
  code,
  message,
  where,
});

/** The owners that an assignment names, each once, in its order. */
export function assignmentOwners(assignment: Assignment): string[] {
  const owners = [
    ...(assignment.slots ?? []).map(({ owner }) => owner),
    ...(assignment.partitions ?? []).filter((owner) => owner !== null),
    ...(assignment.ranges ?? []).map(({ owner, name }) => owner ?? name),
    ...(assignment.tokens ?? []).map(({ owner }) => owner),
  ];
  return [...new Set(owners)];
}

/** Owners that no server has as its address or name. */
export function unknownOwners(assignment: Assignment, servers: readonly Server[]): Problem[] {
  const known = new Set(servers.flatMap(({ address, name }) => [address, name ?? address]));
  return assignmentOwners(assignment)
    .filter((owner) => !known.has(owner))
    .slice(0, 5)
    .map((owner) =>
      problem('assignment.owner', `"${owner}" is none of the servers.`, 'assignment'),
    );
}
