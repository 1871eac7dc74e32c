import type { PlanFacts } from '../facts';
import { oneLine } from '../text';
import { parseZooCfg } from '../zooCfgParse';
import { lintEntries } from './entries';
import { lintQuorum, lintServers } from './ensemble';
import { type Finding, MOST_FINDINGS } from './finding';
import { lintAgainstPlan } from './plan';
import { lintDevice, lintServer } from './server';

/** A plan that lies beside the file. */
export interface NearbyPlan {
  readonly file: string;
  readonly facts: PlanFacts;
}

/** What is known besides the text. */
export interface Surroundings {
  readonly plan?: NearbyPlan | undefined;
  /** Whether the folders of data and log lie on one device of this machine. */
  readonly isOneDevice?: boolean | undefined;
}

/** What is wrong with a `zoo.cfg`, or with a dynamic file, which holds servers alone. */
export function lintZooCfg(
  text: string,
  isDynamic: boolean,
  { plan, isOneDevice = false }: Surroundings = {},
): Finding[] {
  const cfg = parseZooCfg(text);
  const parts = [
    ...(isDynamic ? [] : [lintEntries(cfg), lintServer(cfg), lintQuorum(cfg)]),
    lintServers(cfg),
    isOneDevice ? lintDevice(cfg) : [],
    plan === undefined ? [] : lintAgainstPlan(cfg, plan.facts, plan.file),
  ];
  return parts
    .flatMap((part) => part.slice(0, MOST_FINDINGS))
    .map((finding) => ({ ...finding, args: finding.args.map(oneLine) }));
}

/** Whether a text is a `zoo.cfg` whatever its name: it has keys that only ZooKeeper has. */
export function looksLikeZooCfg(text: string): boolean {
  const { values } = parseZooCfg(text);
  return (
    (values.has('tickTime') && values.has('dataDir')) ||
    [...values.keys()].some((key) => /^server\.\d+$/.test(key) && values.has('initLimit'))
  );
}
