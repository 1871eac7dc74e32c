import type { ConfigKey } from '../../config/zooKeys';
import type { Comparison } from './drift';

/** What a server's `conf` says, by key; or that it may not be asked. */
export type ServerConf =
  | { readonly kind: 'known'; readonly values: ReadonlyMap<string, string> }
  | { readonly kind: 'refused'; readonly reason: string };

/** The inputs of the plan that the values come from. */
const FIELDS: Readonly<Record<string, string>> = {
  tickTime: 'ensemble.sessionTimeoutMs',
  initLimit: 'ensemble.networkBytesPerSecond',
  syncLimit: 'ensemble.serverRoundTripMs',
  minSessionTimeout: 'ensemble.sessionTimeoutMs',
  maxSessionTimeout: 'ensemble.sessionTimeoutMs',
  maxClientCnxns: 'ensemble.maxClientCnxns',
  globalOutstandingLimit: 'ensemble.globalOutstandingLimit',
};

/** Each wanted key against every server that tells; a key that no server tells is unknown. */
export function configDrift(
  desired: readonly ConfigKey[],
  confs: ReadonlyMap<string, ServerConf>,
): Comparison[] {
  const known = [...confs].flatMap(([address, conf]) =>
    conf.kind === 'known' ? [[address, conf.values] as const] : [],
  );
  const refused = [...confs].find(([, conf]) => conf.kind === 'refused')?.[1];
  return desired.map(({ key, value, reason }): Comparison => {
    const base = { kind: 'config', name: key, field: FIELDS[key] ?? 'ensemble' } as const;
    const told = known.flatMap(([address, values]) => {
      const own = values.get(key);
      return own === undefined ? [] : [{ address, own }];
    });
    if (told.length === 0) {
      const why =
        known.length === 0 && refused?.kind === 'refused'
          ? refused.reason
          : 'servers do not report it';
      const message = `${key}: ${value} planned; what is in effect is unknown, ${why}.`;
      return { ...base, verdict: 'unknown', message };
    }
    const others = told.filter(({ own }) => !isEqual(own, value));
    if (others.length === 0) {
      const silent = confs.size - told.length;
      // A server that does not tell is not taken for equal.
      if (silent > 0) {
        const message = `${key}: ${value}, as planned, ${placesText(told, confs.size)}; ${silent} ${silent === 1 ? 'does' : 'do'} not tell.`;
        return { ...base, verdict: 'unknown', message };
      }
      return { ...base, verdict: 'same', message: `${key}: ${value}, as planned.` };
    }
    const where = [...groupedBy(others)].map(
      ([own, places]) => `${own.slice(0, 40)} ${placesText(places, confs.size)}`,
    );
    const message = `${key}: ${where.join('; ')}; ${value} planned: ${reason}.`;
    return { ...base, verdict: 'drift', message };
  });
}

interface Told {
  readonly address: string;
  readonly own: string;
}

function groupedBy(told: readonly Told[]): Map<string, Told[]> {
  const groups = new Map<string, Told[]>();
  for (const one of told) groups.set(one.own, [...(groups.get(one.own) ?? []), one]);
  return groups;
}

/** `at all 3`, `at zk1:2181, zk2:2181` */
function placesText(places: readonly Told[], all: number): string {
  return all > 1 && places.length === all
    ? `at all ${all}`
    : `at ${places.map(({ address }) => address).join(', ')}`;
}

const isEqual = (own: string, value: string | number): boolean =>
  typeof value === 'number' ? Number(own) === value : own === value;
