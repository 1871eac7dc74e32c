type Json = unknown;
type Members = Readonly<Record<string, Json>>;

/** What tells the items of a list apart: panels, template variables, queries. */
const KEYS = ['id', 'name', 'refId'] as const;

/**
 * Members of `text` in place of those in `now`; members that only `now` has stay. Items of lists are
 * matched by their `id`, `name` or `refId`, tags by themselves, and those that only `now` has stay in
 * their places. Undefined when `now` is no JSON object with the same `uid`: it is another dashboard.
 */
export function mergeJson(now: string, text: string): string | undefined {
  const old = parsed(now);
  const fresh = parsed(text);
  if (!isMembers(old) || !isMembers(fresh) || old['uid'] !== fresh['uid']) return undefined;
  const merged = mergeAny(old, fresh);
  // Only the layout of the file differs: leave it alone.
  if (JSON.stringify(merged) === JSON.stringify(old)) return now;
  return `${JSON.stringify(merged, null, 2)}\n`;
}

function mergeAny(old: Json, fresh: Json, name = ''): Json {
  if (isMembers(old) && isMembers(fresh)) {
    const names = new Set([...Object.keys(old), ...Object.keys(fresh)]);
    return Object.fromEntries(
      [...names].map((one) => [
        one,
        Object.hasOwn(fresh, one) ? mergeAny(memberOf(old, one), fresh[one], one) : old[one],
      ]),
    );
  }
  if (!isList(old) || !isList(fresh)) return fresh;
  if (name === 'tags') return [...new Set([...old, ...fresh])];
  const key = KEYS.find((one) => fresh.every((item) => keyOf(item, one) !== undefined));
  return key === undefined ? fresh : mergeItems(old, fresh, key);
}

/** Items in the places that they have, new ones at the end; of equal ones the first is ours. */
function mergeItems(old: readonly Json[], fresh: readonly Json[], key: string): Json[] {
  const missing = new Map(fresh.map((item) => [keyOf(item, key), item]));
  const kept = old.map((item) => {
    const own = keyOf(item, key);
    if (own === undefined || !missing.has(own)) return item;
    const merged = mergeAny(item, missing.get(own));
    missing.delete(own);
    return merged;
  });
  return [...kept, ...missing.values()];
}

const memberOf = (members: Members, name: string): Json =>
  Object.hasOwn(members, name) ? members[name] : undefined;

function keyOf(item: Json, key: string): string | number | undefined {
  const value = isMembers(item) ? memberOf(item, key) : undefined;
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

const isMembers = (value: Json): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Undefined for no JSON, and for some that is too deep to be written again. */
function parsed(text: string): Json {
  try {
    const value: Json = JSON.parse(text);
    JSON.stringify(value);
    return value;
  } catch {
    return undefined;
  }
}
