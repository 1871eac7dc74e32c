import { lstat, mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PlanInput } from '../domain/capacity/plan/inputFields';
import { isProblems } from '../domain/capacity/result';
import { configChanges } from '../domain/config/configChanges';
import { planFacts } from '../domain/config/facts';
import { isTarget, SERVER_TARGETS, type Target, TARGETS } from '../domain/config/file';
import { leavesFolder, realPathWith } from '../domain/config/inside';
import { isName, nameFrom } from '../domain/config/names';
import { FAILED, UsageError } from './command';
import { noteText } from './noteText';
import { complain, write } from './output';

export interface WriteConfigOptions {
  readonly folder: string;
  /** Names with commas, or undefined for what servers need. */
  readonly targets: string | undefined;
  readonly name: string | undefined;
}

const MOST_BYTES = 4 << 20;

/** Targets as they are typed. */
export function targetsOf(text: string | undefined): ReadonlySet<Target> {
  const names = text?.split(',') ?? SERVER_TARGETS;
  const targets = names.filter(isTarget);
  if (targets.length < names.length) {
    throw new UsageError(`--targets takes a list of ${TARGETS.join(', ')}`);
  }
  return new Set(targets);
}

/**
 * Writes the config files of a plan and prints one line for each: `new`, `changed`, `unchanged` or
 * `foreign` and its path. Files that are not ours stay as they are, and then it fails.
 */
export async function writePlanFiles(
  planPath: string,
  input: PlanInput,
  { folder, targets, name }: WriteConfigOptions,
): Promise<number> {
  const planFile = basename(planPath);
  const ensemble = name ?? nameFrom(planFile.replace(/\.zkplan\.json$/, ''));
  if (!isName(ensemble)) {
    throw new UsageError('--name takes up to 40 lower-case letters, digits and hyphens');
  }
  const chosen = targetsOf(targets);
  const facts = planFacts(input);
  if (isProblems(facts)) {
    for (const one of facts) complain(`${planPath}: ${one.message}`);
    return FAILED;
  }
  await mkdir(folder, { recursive: true });
  const written = await configChanges(
    facts,
    { targets: chosen, planFile, name: ensemble },
    (paths) => readAll(folder, paths),
  );
  if (isProblems(written)) {
    for (const { where, message } of written) {
      complain(`${join(folder, where)}: ${message} Nothing was written.`);
    }
    return FAILED;
  }
  const { changes, notes } = written;
  for (const change of changes) {
    if (change.kind === 'new' || change.kind === 'changed') {
      const path = join(folder, change.path);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, change.text);
    }
    await write(`${change.kind}\t${change.path}\n`);
  }
  const foreign = changes.filter(({ kind }) => kind === 'foreign');
  for (const { path } of foreign) complain(`${path} was not written from a plan: it is left alone`);
  for (const note of notes) complain(noteText(note));
  return foreign.length > 0 ? FAILED : 0;
}

/** The texts of those that are there. */
async function readAll(folder: string, paths: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const path of paths) {
    if (await leavesFolder(folder, path, realPathWith({ realpath, lstat }))) {
      throw new Error(`${path} leads out of ${folder} by a symbolic link; nothing was written`);
    }
    const at = join(folder, path);
    const found = await stat(at).catch(() => undefined);
    if (found === undefined) continue;
    if (!found.isFile() || found.size > MOST_BYTES) {
      throw new Error(`${path} is there already and is no configuration file`);
    }
    texts.set(path, await readFile(at, 'utf8'));
  }
  return texts;
}
