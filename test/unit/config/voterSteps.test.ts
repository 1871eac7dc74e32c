import { describe, expect, it } from 'vitest';
import { isProblems } from '../../../src/domain/capacity/result';
import { configChanges } from '../../../src/domain/config/configChanges';
import type { PlanFacts } from '../../../src/domain/config/facts';
import type { Target } from '../../../src/domain/config/file';
import { configFiles } from '../../../src/domain/config/write';
import type { WriteNote } from '../../../src/domain/config/written';
import { fileOf, filesOf, sampleFacts } from './configSupport';

const COMPOSE = 'docker-compose.yml';
const KUBERNETES = 'kubernetes.yml';
const OPTIONS = {
  targets: new Set<Target>(['compose', 'kubernetes']),
  planFile: 'queue.zkplan.json',
  name: 'shop',
};

const planOf = (voters: number): PlanFacts =>
  sampleFacts('queue', { voters, survivesZoneLoss: false, outageGoalMinutesPerYear: 100_000 });

/** The voters' ids in a file's list; of a file without a list, the server alone. */
function votersIn(text: string): number[] {
  const list = /ZOO_SERVERS(?::|\n *value:) "(.*)"/.exec(text)?.[1];
  if (list === undefined) return [Number(/ZOO_MY_ID: (\d+)/.exec(text)?.[1] ?? 1)];
  const voters = list.split(' ').filter((server) => !server.includes(':observer'));
  return voters.map((server) => Number(/^server\.(\d+)=/.exec(server)?.[1]));
}

/** Writes a plan over the files of a folder; what was said, and whether anything changed. */
async function write(folder: Map<string, string>, facts: PlanFacts) {
  const found = await configChanges(facts, OPTIONS, (paths) =>
    Promise.resolve(new Map([...folder].filter(([path]) => paths.includes(path)))),
  );
  if (isProblems(found)) throw new Error(found.map(({ message }) => message).join());
  for (const change of found.changes) if ('text' in change) folder.set(change.path, change.text);
  return { notes: found.notes, kinds: new Set(found.changes.map(({ kind }) => kind)) };
}

async function folderOf(voters: number): Promise<Map<string, string>> {
  const folder = new Map<string, string>();
  await write(folder, planOf(voters));
  return folder;
}

const textIn = (folder: ReadonlyMap<string, string>, path: string): string =>
  folder.get(path) ?? '';
const stepOf = (notes: readonly WriteNote[], path: string) =>
  notes.find((note) => note.path === path);

describe.each([COMPOSE, KUBERNETES])('the voters of %s', (path) => {
  it.each([
    [3, 5, [4, 5]],
    [5, 3, [4, 3]],
    [1, 3, [2, 3]],
    [3, 1, [2, 1]],
    [1, 7, [2, 3, 4, 5, 6, 7]],
    [7, 1, [6, 5, 4, 3, 2, 1]],
  ])('go from %i to %i one at a time, and then nothing changes', async (from, to, sizes) => {
    const folder = await folderOf(from);
    for (const size of sizes) {
      const before = votersIn(textIn(folder, path)).length;
      const { notes } = await write(folder, planOf(to));
      const voters = votersIn(textIn(folder, path));
      expect(voters).toEqual(Array.from({ length: size }, (_, at) => at + 1));
      const step = { kind: 'step', path, before, voters: size, planned: to };
      expect(stepOf(notes, path)).toEqual(step);
      const text = textIn(folder, path);
      expect(text.includes(`${size} voters on the way to ${to}`)).toBe(size !== to);
    }
    const { notes, kinds } = await write(folder, planOf(to));
    expect(notes).toEqual([]);
    expect([...kinds]).toEqual(['unchanged']);
    expect(textIn(folder, path)).toBe(fileOf(filesOf(planOf(to), OPTIONS), path).text);
  });

  it('are as planned where there is no file, or none of ours', async () => {
    for (const folder of [new Map<string, string>(), new Map([[path, 'ZOO_SERVERS: "x"\n']])]) {
      expect((await write(folder, planOf(5))).notes).toEqual([]);
    }
    expect(votersIn(textIn(await folderOf(5), path))).toHaveLength(5);
  });

  it.each([
    ['a list that is none', (text: string) => text.replace(/(ZOO_SERVERS\S*\s+\S*\s*)"ser/, '$1"')],
    ['a server that is none', (text: string) => text.replaceAll(':2888:', ':0:')],
    ['a list under a comment', (text: string) => text.replace(/(ZOO_SERVERS:?)/, '$1 # mine\n')],
    [
      'a block without its end',
      (text: string) => text.replace(/# <<< ZooKeeper Workbench: (settings|statefulset)\n/, ''),
    ],
  ])('are not guessed from %s: nothing is written', async (_, break_) => {
    const folder = await folderOf(3);
    const existing = new Map([[path, break_(textIn(folder, path))]]);
    const found = configFiles(planOf(5), { ...OPTIONS, existing });
    expect(isProblems(found) && found.map(({ where }) => where)).toEqual([path]);
  });

  it('are read whatever ends the lines', async () => {
    const folder = await folderOf(3);
    folder.set(path, textIn(folder, path).replaceAll('\n', '\r\n'));
    await write(folder, planOf(5));
    expect(votersIn(textIn(folder, path).replaceAll('\r', ''))).toEqual([1, 2, 3, 4]);
  });
});

describe('a file on the way to the plan', () => {
  it('says what to wait for, and how two start together where one has the data', async () => {
    const folder = await folderOf(3);
    await write(folder, planOf(5));
    expect(textIn(folder, KUBERNETES)).toMatch(
      /# \[plan\] 4 voters on the way to 5: two at once could elect two leaders and lose writes\.\n.*\(kubectl rollout status statefulset\/shop\), then write the files again\.\n {2}replicas: 4\n/,
    );
    expect(textIn(folder, COMPOSE)).toMatch(
      /# \[plan\] 4 voters on the way to 5:.*\n.*docker compose ps.*\n {2}ZOO_SERVERS: /,
    );
    const alone = await folderOf(1);
    await write(alone, planOf(3));
    expect(textIn(alone, KUBERNETES)).toContain(
      'kubectl scale statefulset/shop --replicas=0 first, then apply this. Both must',
    );
    expect(textIn(alone, COMPOSE)).toContain('docker compose down, without -v, first');
  });

  it('keeps the ids by which volumes are called', async () => {
    const folder = await folderOf(3);
    const renamed = textIn(folder, COMPOSE)
      .replace(/\b(zk|server\.)2\b/g, '$17')
      .replace('MY_ID: 2', 'MY_ID: 7')
      .replace(/zk2-/g, 'zk7-');
    folder.set(COMPOSE, renamed);
    await write(folder, planOf(5));
    expect(votersIn(textIn(folder, COMPOSE))).toEqual([1, 3, 7, 8]);
    await write(folder, planOf(1));
    expect(votersIn(textIn(folder, COMPOSE))).toEqual([1, 3, 7]);
  });
});
