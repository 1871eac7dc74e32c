import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../../src/domain/capacity/plan/document';
import { leavesOf, pathText } from '../../../src/domain/capacity/plan/paths';
import { isProblems } from '../../../src/domain/capacity/result';
import { PLAN_SCENARIOS, type PlanKind } from '../../../src/ui/plan/wizard/scenarios';
import type { UnfinishedAnswers } from '../../../src/ui/plan/wizard/draft';
import { UnreadableSource } from '../../../src/ui/plan/wizard/start';
import { Cancelled, type PickItem } from '../../../src/ui/userInput';
import type { Answer } from '../../fakes/userInput';
import { acceptAll, CREATE, folderOf, Memory, runPlan } from './planWizardSupport';

/** What a number's question says to a wrong unit. */
const RIGHT = /^Enter a (number such as .+ or .+|whole number, .+ to .+)\.$/;
const KINDS = Object.keys(PLAN_SCENARIOS) as PlanKind[];

describe.each(KINDS)('the wizard of %s', (kind) => {
  const all = [...acceptAll(kind), CREATE, 'accept' as const];

  it('makes a feasible plan of its defaults, with results', async () => {
    const { result, user } = await runPlan({ kind, answers: all });
    const document = parsePlan(result.text);
    if (isProblems(document)) throw new Error(document[0]?.message);
    expect(document.stored?.values.get('ensemble.voters')).toBeGreaterThanOrEqual(3);
    expect(document.input.scenario?.kind).toBe(kind === 'ensemble' ? undefined : kind);
    expect('pool' in JSON.parse(result.text)).toBe(kind !== 'ensemble');
    expect(result.path).toBe(`${kind}.zkplan.json`);
    expect(user.asked).toHaveLength(all.length);
    expect(user.asked[0]).toContain(`(1/${all.length})`);
    expect(user.asked.at(-1)).toContain(`(${all.length}/${all.length})`);
  });

  it('goes back from every step to the one before, with its answer', async () => {
    for (let step = 1; step < all.length; step++) {
      const answers: Answer[] = [...all.slice(0, step), 'back', ...all.slice(step - 1)];
      const { user } = await runPlan({ kind, answers });
      expect(user.asked[step + 1]).toBe(user.asked[step - 1]);
    }
  });

  it('leaves nothing behind when it is left at any step', async () => {
    for (let step = 0; step < all.length; step++) {
      const memory = new Memory();
      const run = runPlan({ kind, memory, answers: [...all.slice(0, step), 'cancel'] });
      await expect(run).rejects.toThrow(Cancelled);
      expect(memory.kept.size).toBe(0);
    }
  });

  it('refuses wrong units at every number, and says what is right', async () => {
    const answers = all.flatMap((answer, index): Answer[] =>
      answer === 'accept' && index < all.length - 1
        ? [{ type: '12 parsecs', refused: RIGHT }, answer]
        : [answer],
    );
    await runPlan({ kind, answers });
  });

  it('offers the last answers of this workspace, or the defaults again', async () => {
    const memory = new Memory();
    const first = acceptAll(kind).findIndex((answer) => answer === 'accept');
    const changed = all.with(first, { type: '4321' });
    const { document } = await runPlan({ kind, memory, answers: changed });
    const again = await runPlan({ kind, memory, answers: [{ pick: 'Last answers' }, ...all] });
    expect(again.document).toEqual(document);
    expect(again.user.prefilled[0]).toMatch(/^4321/);
    const fresh = await runPlan({ kind, memory, answers: [{ pick: 'Defaults' }, ...all] });
    expect(fresh.document).not.toEqual(document);
  });

  it('has every input of the document under its questions or More options', async () => {
    const answers: Answer[] = [...acceptAll(kind), { pick: 'More options…' }, 'cancel'];
    const labels: string[] = [];
    const onPick = (seen: readonly PickItem<unknown>[]): unknown =>
      labels.push(...seen.map(({ label }) => label));
    await expect(runPlan({ kind, answers, onPick })).rejects.toThrow(Cancelled);
    const scenario = kind === 'ensemble' ? undefined : kind;
    const reachable = leavesOf(scenario)
      .map(({ path }) => path)
      .filter(([group]) => kind !== 'ensemble' || !['pool', 'coordination'].includes(String(group)))
      .filter((path) => pathText(path) !== 'pool.instanceTypes');
    expect(labels.length).toBeGreaterThanOrEqual(reachable.length);
  });
});

describe('wizards of plans', () => {
  const cache = acceptAll('cache');

  it('keep what was typed, in the unit of the document', async () => {
    const answers: Answer[] = [
      { type: '45k/s' },
      { type: '30/min' },
      { type: '2.5M' },
      { type: '1.5 kB' },
      { type: '95 %' },
      { pick: 'nginx hash … consistent' },
      { type: '9k/s' },
      { type: '16 GiB' },
      { type: '2 ms' },
      { type: '50' },
      CREATE,
      { type: 'plans/shop' },
    ];
    const { document, result } = await runPlan({ kind: 'cache', answers });
    expect(document).toMatchObject({
      scenario: { getsPerSecond: 45_000, setsPerSecond: 0.5, items: 2.5e6, itemBytes: 1500 },
      pool: { preset: 'nginx-consistent', responseGoalMs: 2 },
      coordination: { clients: 50 },
    });
    expect(document['pool']).toMatchObject({
      instanceTypes: [{ requestsPerSecond: 9000, memoryBytes: 16 * 2 ** 30 }],
    });
    expect(result.path).toBe('plans/shop.zkplan.json');
  });

  it('refuse what is out of range or not whole', async () => {
    const answers: Answer[] = [
      { type: '0', refused: /^Enter 0\.001\/s to 1G\/s\.$/ },
      ...cache.slice(0, 2),
      { type: '1.5', refused: /^Enter a whole number\.$/ },
      ...cache.slice(2),
      CREATE,
      'accept',
    ];
    await runPlan({ kind: 'cache', answers });
  });

  it('change any other input under More options, again and again', async () => {
    const answers: Answer[] = [
      ...cache,
      { pick: 'More options…' },
      { pick: 'Ensemble › Voters' },
      { type: '5' },
      { pick: 'Ensemble › Log device' },
      { pick: 'NVMe drive that keeps its cache through a power loss: 0.1 ms' },
      { pick: 'Pool › Survives zone loss' },
      'back',
      { pick: 'Ensemble › Server MTBF' },
      { type: '1000', refused: /^Give a unit, such as 1000 h\.$/ },
      { type: '2000 h' },
      { pick: 'Ensemble › Network' },
      { type: '10 gb/s', refused: /^Write 10 GB\/s or 10 Gb\/s\.$/ },
      { type: '10 Gb/s' },
      { pick: 'Pool › Preset options' },
      { type: 'nonsense=1', refused: /Options of twemproxy-ketama are|has no options/ },
      'back',
      { pick: 'Add another kind of server' },
      { pick: 'Pool › Instance types › 2 › Name' },
      { type: 'large' },
      { pick: 'Done' },
      CREATE,
      'accept',
    ];
    const { document } = await runPlan({ kind: 'cache', answers });
    expect(document).toMatchObject({
      ensemble: {
        ...{ voters: 5, logDevice: 'nvme' },
        ...{ serverMtbfHours: 2000, networkBytesPerSecond: 1.25e9 },
      },
      pool: { instanceTypes: [{ name: 'server' }, { name: 'large' }] },
    });
  });

  it('ask for no servers when the metadata are in ZooKeeper itself', async () => {
    const answers: Answer[] = [
      { pick: 'Yes' },
      { type: '100k' },
      { type: '10k' },
      'accept',
      'accept',
      'accept',
      'accept',
      { pick: 'Create the plan' },
      'accept',
    ];
    const { document, user } = await runPlan({ kind: 'metadata', answers });
    expect(document).toMatchObject({ scenario: { inZooKeeper: true, files: 100_000 } });
    expect(Object.keys(document)).not.toContain('pool');
    expect(Object.keys(document)).not.toContain('coordination');
    expect(user.asked[1]).toContain('(2/9)');
  });

  it('take no bare number for a size, and none that means something else than it seems', async () => {
    const answers: Answer[] = [
      ...cache.slice(0, 3),
      { type: '1000', refused: /^Give a unit, such as 1000 kB\.$/ },
      'accept',
      { type: '0.9', refused: /^Write 0\.9 % or 90 %\.$/ },
      { type: '95' },
      'pickActive',
      'accept',
      { type: '64', refused: /^Give a unit, such as 64 GiB\.$/ },
      { type: '64 B', refused: /^Enter 16 MiB or more\.$/ },
      { type: '64 GB' },
      { type: '3', refused: /^Give a unit, such as 3 ms\.$/ },
      'accept',
      'accept',
      CREATE,
      'accept',
    ];
    const { document } = await runPlan({ kind: 'cache', answers });
    expect(document).toMatchObject({
      scenario: { hitRatioGoal: 0.95 },
      pool: { instanceTypes: [{ memoryBytes: 64e9 }] },
    });
  });

  it('say what fits a whole number of few values', async () => {
    const all = acceptAll('ensemble');
    const zones = PLAN_SCENARIOS.ensemble.asked.findIndex(
      (path) => pathText(path) === 'ensemble.zones',
    );
    const wrong: Answer = { type: 'two', refused: /^Enter a whole number, 1 to 7\.$/ };
    const answers = [...all.slice(0, zones), wrong, ...all.slice(zones), CREATE, 'accept' as const];
    await runPlan({ kind: 'ensemble', answers });
  });

  it('show every answer with its unit before the plan is made, and change it there', async () => {
    const seen: (readonly PickItem<unknown>[])[] = [];
    const answers: Answer[] = [
      { type: '45k/s' },
      ...cache.slice(1),
      { pick: 'Scenario › Gets' },
      { type: '30k/s' },
      { pick: 'Pool › Response goal' },
      'back',
      CREATE,
      'accept',
    ];
    const onPick = (items: readonly PickItem<unknown>[]): unknown => seen.push(items);
    const { document } = await runPlan({ kind: 'cache', answers, onPick });
    const review = seen.find((items) => items[0]?.label === 'Create the plan') ?? [];
    const shown = review.map(({ label, description }) => `${label}: ${description}`);
    expect(shown).toEqual(
      expect.arrayContaining([
        'Scenario › Gets: 45k/s',
        'Scenario › Item size: 1 kB',
        'Scenario › Hit ratio goal: 90 %',
        'Pool › Instance types › 1 › Memory size: 8 GiB',
      ]),
    );
    expect(shown).toHaveLength(cache.length + 2);
    expect(document).toMatchObject({ scenario: { getsPerSecond: 30_000 } });
  });

  it('show a missed goal with what it wants, and the input to change', async () => {
    let review: readonly PickItem<unknown>[] = [];
    const answers: Answer[] = [
      ...acceptAll('ensemble'),
      { pick: 'More options…' },
      { pick: 'Ensemble › Write goal' },
      { type: '0.1 ms' },
      { pick: 'Done' },
      { pick: 'Mean time of a write' },
      { type: '30 ms' },
      CREATE,
      'accept',
    ];
    const onPick = (items: readonly PickItem<unknown>[]): void => {
      if (items.some(({ label }) => label === 'Mean time of a write')) review = items;
    };
    const { document } = await runPlan({ kind: 'ensemble', answers, onPick });
    expect(review[0]?.detail).toMatch(/^1 of \d+ goals are missed:$/);
    expect(review[1]?.description).toMatch(/^\S+ ms, at most 0\.1 ms wanted$/);
    expect(review[1]?.detail).toBe('Use a faster log device or nearer servers.');
    expect(document).toMatchObject({ ensemble: { writeGoalMs: 30 } });
  });

  it('show what helps in lines that are not cut off', async () => {
    const all = acceptAll('ensemble');
    let review: readonly PickItem<unknown>[] = [];
    const onPick = (items: readonly PickItem<unknown>[]): unknown => (review = items);
    const zones = PLAN_SCENARIOS.ensemble.asked.findIndex(
      (path) => pathText(path) === 'ensemble.zones',
    );
    const answers: Answer[] = [
      ...all.with(zones, { type: '2' }),
      { pick: 'Create the plan with its problems' },
      'accept',
    ];
    await runPlan({ kind: 'ensemble', answers, onPick });
    const rows = review.filter(({ icon }) => icon === 'error' || icon === 'lightbulb');
    expect(rows.map(({ icon }) => icon)).toEqual(['error', 'lightbulb']);
    expect(rows[1]?.label).toMatch(/^Use three zones, such as .+ voters\.$/);
    for (const { label, detail = '' } of review) {
      expect(Math.max(label.length, detail.length), label).toBeLessThan(75);
    }
  });

  it('keep the answers of a wizard that was left, for as long as the window lasts', async () => {
    const memory = new Memory();
    const unfinished: UnfinishedAnswers = new Map();
    const leave = (answers: readonly Answer[]) =>
      expect(
        runPlan({ kind: 'cache', memory, unfinished, answers: [...answers, 'cancel'] }),
      ).rejects.toThrow(Cancelled);
    await leave(cache.slice(0, 4)); // nothing but what was proposed
    expect(unfinished.size).toBe(0);
    await leave([{ type: '45k/s' }, ...cache.slice(1, 3)]);
    await leave([{ pick: 'Unfinished answers' }]);
    await leave([{ pick: 'Defaults' }, 'accept']);
    const labels: string[] = [];
    const { user } = await runPlan({
      ...{ kind: 'cache', memory, unfinished },
      answers: [{ pick: 'Unfinished answers' }, ...cache, CREATE, 'accept'],
      onPick: (items) => labels.push(...items.map(({ label }) => label)),
    });
    expect(labels.slice(0, 2)).toEqual(['Unfinished answers', 'Defaults']);
    expect(user.prefilled[0]).toBe('45k/s');
    expect(unfinished.size).toBe(0);
  });

  it('say what makes a plan impossible, and make it all the same', async () => {
    const answers: Answer[] = [
      { type: '500k/s' },
      ...cache.slice(1, 8),
      { type: '0.01 ms' },
      ...cache.slice(9),
      { pick: 'Create the plan with its problems' },
      'accept',
    ];
    const { document } = await runPlan({ kind: 'cache', answers });
    expect(document['plan']).toBeUndefined();
    expect(document).toMatchObject({ pool: { responseGoalMs: 0.01 } });
  });

  it('never replace a file without being told so', async () => {
    const taken = folderOf({
      'cache.zkplan.json': { exists: true },
      'away/x.zkplan.json': { problem: 'A link leads out.' },
    });
    const answers: Answer[] = [
      ...cache,
      CREATE,
      { type: '../x', refused: /inside the folder/ },
      { type: '/tmp/x', refused: /inside the folder/ },
      { type: 'a\\b', refused: /cannot contain/ },
      { type: '  ', refused: /^Enter a name/ },
      { type: 'away/x', refused: /A link leads out/ },
      'accept',
      'no',
      { type: 'other' },
    ];
    const { result } = await runPlan({ kind: 'cache', answers, folders: [taken] });
    expect(result.path).toBe('other.zkplan.json');
    const agreed: Answer[] = [...cache, CREATE, 'accept', 'yes'];
    const replaced = await runPlan({ kind: 'cache', answers: agreed, folders: [taken] });
    expect(replaced.result.path).toBe('cache.zkplan.json');
  });

  it('ask which folder when the workspace has several', async () => {
    const second = { ...folderOf(), name: 'second' };
    const answers: Answer[] = [
      ...cache,
      CREATE,
      { pick: 'second' },
      'back',
      { pick: 'second' },
      'accept',
    ];
    const { result } = await runPlan({ kind: 'cache', answers, folders: [folderOf(), second] });
    expect(result.folder).toBe(second);
  });

  it('start from measured values and say where they came from', async () => {
    const measured = {
      label: 'Measured values of Local',
      detail: '127.0.0.1:2181',
      icon: 'pulse',
      waiting: 'Measuring Local',
      read: () =>
        Promise.resolve({
          inputs: { otherLoad: { sessions: 321, znodes: 4567 } },
          origins: new Map([['otherLoad.sessions', 'Measured: mntr of 127.0.0.1:2181.']]),
        }),
    };
    const answers: Answer[] = [
      { pick: 'Measured values of Local' },
      'accept',
      'back',
      { type: '400' },
      'back',
      { type: '321' },
      ...acceptAll('ensemble').slice(1),
      CREATE,
      'accept',
    ];
    const { document, user } = await runPlan({ kind: 'ensemble', answers, sources: [measured] });
    expect(document).toMatchObject({ otherLoad: { sessions: 321, znodes: 4567 } });
    const sessions = user.asked.filter((text) => text.includes('Open sessions of clients'));
    expect(sessions[1]).toMatch(/Usually 50 to 5k\. Measured: mntr of 127\.0\.0\.1:2181\.$/);
    expect(sessions[2]).not.toContain('Measured');
    expect(user.prefilled[0]).toBe('321');
  });

  it('ask again what to start from when it cannot be read, or when waiting is stopped', async () => {
    const unreadable = {
      ...{ label: 'zoo.cfg', detail: '', icon: 'file', waiting: 'Reading' },
      read: () => Promise.reject(new UnreadableSource('There is no key in it.')),
    };
    const answers: Answer[] = [
      { pick: 'zoo.cfg' },
      { pick: 'Defaults' },
      ...acceptAll('ensemble'),
      CREATE,
      'accept',
    ];
    const { user } = await runPlan({ kind: 'ensemble', answers, sources: [unreadable] });
    expect(user.notices).toEqual([{ severity: 'warning', message: 'There is no key in it.' }]);
    const stopped = runPlan({
      kind: 'ensemble',
      answers: [{ pick: 'zoo.cfg' }, 'stop'],
      sources: [unreadable],
    });
    await expect(stopped).rejects.toThrow(Cancelled);
  });
});
