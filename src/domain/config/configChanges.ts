import { isProblems } from '../capacity/result';
import type { Problem } from '../placement/types';
import { changesOf, type FileChange } from './changes';
import type { Existing } from './existing';
import type { PlanFacts } from './facts';
import type { Target } from './file';
import { listFile } from './serverList';
import { configFiles, LISTED, type WriteOptions } from './write';
import type { WriteNote } from './written';

/** Files that name servers, with the targets that go by them; others are not looked at. */
const SOURCES: readonly (readonly [path: string, targets: readonly Target[]])[] = [
  ['zoo.cfg', LISTED],
  ['docker-compose.yml', ['compose']],
  ['kubernetes.yml', ['kubernetes']],
];

export interface ConfigChanges {
  readonly changes: readonly FileChange[];
  readonly notes: readonly WriteNote[];
}

/**
 * What writing a plan changes in a folder. `read` gives the texts of those of the files that are
 * there; each is read once, the ones that name servers first.
 */
export async function configChanges(
  facts: PlanFacts,
  options: Omit<WriteOptions, 'existing'>,
  read: (paths: readonly string[]) => Promise<Existing>,
): Promise<ConfigChanges | Problem[]> {
  const isFor = (targets: readonly Target[]): boolean =>
    targets.some((one) => options.targets.has(one));
  const first = await read(SOURCES.filter(([, targets]) => isFor(targets)).map(([path]) => path));
  const list = isFor(LISTED) ? listFile(first.get('zoo.cfg')) : undefined;
  const existing = new Map([...first, ...(await read(list ? [list] : []))]);
  const written = configFiles(facts, { ...options, existing });
  if (isProblems(written)) return written;
  const paths = written.files.map(({ path }) => path).filter((path) => !existing.has(path));
  const changes = changesOf(written.files, new Map([...existing, ...(await read(paths))]));
  const foreign = new Set(changes.filter(({ kind }) => kind === 'foreign').map(({ path }) => path));
  return { changes, notes: written.notes.filter(({ path }) => !foreign.has(path)) };
}
