import type { EnsembleInput } from '../../../src/domain/capacity/plan/inputFields';
import { isProblems } from '../../../src/domain/capacity/result';
import { planFacts, type PlanFacts } from '../../../src/domain/config/facts';
import { type ConfigFile, type Target, TARGETS } from '../../../src/domain/config/file';
import { configFiles, type WriteOptions } from '../../../src/domain/config/write';
import { sample, type SAMPLES } from '../capacity/planSupport';

/** The facts of a sample plan, with inputs of the ensemble replaced. */
export function sampleFacts(
  name: (typeof SAMPLES)[number],
  ensemble: Partial<EnsembleInput> = {},
  title?: string,
): PlanFacts {
  const { input } = sample(name);
  const facts = planFacts({
    ...input,
    ...(title === undefined ? {} : { title }),
    ensemble: { ...input.ensemble, ...ensemble },
  });
  if (isProblems(facts)) throw new Error(facts[0]?.message);
  return facts;
}

export function filesOf(facts: PlanFacts, options: Partial<WriteOptions> = {}): ConfigFile[] {
  return configFiles(facts, {
    targets: new Set<Target>(TARGETS),
    planFile: 'cache.zkplan.json',
    name: 'zookeeper',
    known: new Map(),
    ...options,
  });
}

export function fileOf(files: readonly ConfigFile[], path: string): ConfigFile {
  const file = files.find((one) => one.path === path);
  if (file === undefined) throw new Error(`no ${path} in ${files.map((one) => one.path).join()}`);
  return file;
}
