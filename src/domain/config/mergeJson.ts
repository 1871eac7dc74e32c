type Json = unknown;
type Members = Readonly<Record<string, Json>>;

/**
 * Members of `text` in place of those in `now`; members that only `now` has stay. Items with an
 * `id`, such as panels, are matched by it. Undefined when `now` is no JSON object with the same
 * `uid`: it is another dashboard.
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

function mergeAny(old: Json, fresh: Json): Json {
  if (isMembers(old) && isMembers(fresh)) {
    const names = new Set([...Object.keys(old), ...Object.keys(fresh)]);
    return Object.fromEntries(
      [...names].map((name) => [
        name,
        Object.hasOwn(fresh, name) ? mergeAny(memberOf(old, name), fresh[name]) : old[name],
      ]),
    );
  }
  if (isList(old) && isList(fresh) && fresh.every((one) => idOf(one) !== undefined)) {
    const ids = new Set(fresh.map(idOf));
    const same = (one: Json): Json => old.find((other) => idOf(other) === idOf(one));
    return [
      ...fresh.map((one) => mergeAny(same(one), one)),
      ...old.filter((one) => !ids.has(idOf(one))),
    ];
  }
  return fresh;
}

const memberOf = (members: Members, name: string): Json =>
  Object.hasOwn(members, name) ? members[name] : undefined;

const idOf = (value: Json): Json => (isMembers(value) ? memberOf(value, 'id') : undefined);

const isMembers = (value: Json): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
