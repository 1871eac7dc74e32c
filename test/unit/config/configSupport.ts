import type { EnsembleInput } from '../../../src/domain/capacity/plan/inputFields';
import { isProblems } from '../../../src/domain/capacity/result';
import { planFacts, type PlanFacts } from '../../../src/domain/config/facts';
import { type ConfigFile, type Target, TARGETS } from '../../../src/domain/config/file';
import { merge } from '../../../src/domain/config/merge';
import { configFiles, type WriteOptions } from '../../../src/domain/config/write';
import type { Written } from '../../../src/domain/config/written';
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

const OPTIONS = {
  targets: new Set<Target>(TARGETS),
  planFile: 'cache.zkplan.json',
  name: 'zookeeper',
};

/** What is written beside the files of `existing`. */
export function writtenOf(facts: PlanFacts, options: Partial<WriteOptions> = {}): Written {
  const written = configFiles(facts, { ...OPTIONS, existing: new Map(), ...options });
  if (isProblems(written)) throw new Error(written[0]?.message);
  return written;
}

export const filesOf = (facts: PlanFacts, options?: Partial<WriteOptions>): readonly ConfigFile[] =>
  writtenOf(facts, options).files;

/** One file, as it is after it was written over the one of `existing`. */
export function mergedOf(
  facts: PlanFacts,
  path: string,
  existing: ReadonlyMap<string, string>,
): string {
  const file = fileOf(filesOf(facts, { existing }), path);
  return merge(existing.get(path), file) ?? '';
}

export function fileOf(files: readonly ConfigFile[], path: string): ConfigFile {
  const file = files.find((one) => one.path === path);
  if (file === undefined) throw new Error(`no ${path} in ${files.map((one) => one.path).join()}`);
  return file;
}
