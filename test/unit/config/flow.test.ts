import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../src/domain/config/changes';
import type { PlanFacts } from '../../../src/domain/config/facts';
import { type Choice, type ConfigFolder, writeConfigFiles } from '../../../src/ui/config/flow';
import { englishL10n, ScriptedUser, type Answer } from '../../fakes/userInput';
import { sampleFacts } from './configSupport';

/** A folder in memory that remembers what it was asked. */
class MemoryFolder implements ConfigFolder {
  readonly files = new Map<string, string>();
  readonly shown: string[][] = [];
  writes = 0;
  /** Reasons by what can't be written. */
  readonly refusals = new Map<string, string>();

  refusal = (path: string): Promise<string | undefined> => Promise.resolve(this.refusals.get(path));

  read(paths: readonly string[]): Promise<Map<string, string>> {
    return Promise.resolve(new Map([...this.files].filter(([path]) => paths.includes(path))));
  }

  showChanges(changes: readonly FileChange[]): Promise<void> {
    this.shown.push(changes.map(({ path }) => path));
    return Promise.resolve();
  }

  write(changes: readonly FileChange[]): Promise<void> {
    this.writes++;
    for (const change of changes) if ('text' in change) this.files.set(change.path, change.text);
    return Promise.resolve();
  }
}

const TITLE = 'Write Config Files';
const first: Choice = { targets: ['zoo', 'dynamic'], folder: 'conf', name: 'orders' };

async function run(folder: MemoryFolder, facts: PlanFacts, ...answers: Answer[]) {
  const user = new ScriptedUser(...answers);
  const remembered: Choice[] = [];
  const context = {
    ui: user,
    folder,
    remember: (choice: Choice) => Promise.resolve(void remembered.push(choice)),
    next: ({ targets }: Choice) => targets.map((target) => ({ label: target, command: 'start' })),
    l10n: englishL10n,
  };
  const request = { facts, planFile: 'queue.zkplan.json', first };
  const outcome = await writeConfigFiles(request, context).catch((error: unknown) => error);
  user.finish();
  const offered = user.notices[0]?.actions?.map(({ label }) => label);
  const notice = user.notices.map(({ message }) => message).join(' ');
  return { user, remembered, outcome, notice, offered };
}

const facts = sampleFacts('queue');
const ASIS: Answer[] = ['pickActive', 'accept', 'accept'];

describe('writing config files', () => {
  it('writes what was chosen where it was chosen, and remembers that', async () => {
    const folder = new MemoryFolder();
    const { notice, remembered, user, offered } = await run(
      folder,
      facts,
      { many: ['zoo.cfg', 'myid', 'PLAN.md'] },
      { type: '../out', refused: /inside the workspace folder/ },
      { type: '/etc', refused: /inside the workspace folder/ },
      { type: ' a//b/ ' },
      { type: 'Not A Name', refused: /lower-case/ },
      { type: 'shop' },
      { pick: 'Write 5 files' },
    );
    expect(notice).toBe('5 files written into a/b.');
    expect(offered).toEqual(['zoo', 'myid', 'summary']);
    expect([...folder.files.keys()]).toEqual([
      'a/b/zoo.cfg',
      ...[1, 2, 3].map((id) => `a/b/myid/server.${id}/myid`),
      'a/b/PLAN.md',
    ]);
    expect(remembered).toEqual([
      { targets: ['zoo', 'myid', 'summary'], folder: 'a/b', name: 'shop' },
    ]);
    expect(user.asked[0]).toBe(`${TITLE} (1/3): Choose what to write`);
    expect(folder.shown).toEqual([]);
  });

  it('writes nothing the second time', async () => {
    const folder = new MemoryFolder();
    await run(folder, facts, ...ASIS, { pick: 'Write 2 files' });
    const { notice } = await run(folder, facts, ...ASIS);
    expect(notice).toBe('Nothing to write: all 2 files are as the plan has them.');
    expect(folder.writes).toBe(1);
  });

  it('shows what changes before it asks, and single files when they are chosen', async () => {
    const folder = new MemoryFolder();
    await run(folder, facts, ...ASIS, { pick: 'Write 2 files' });
    const before = new Map(folder.files);
    const other = sampleFacts('queue', { snapCount: 50_000 });
    const left = await run(folder, other, ...ASIS, { pick: 'conf/zoo.cfg' }, 'cancel');
    expect(left.outcome).toMatchObject({ name: 'Cancelled' });
    expect(folder.shown).toEqual([['conf/zoo.cfg'], ['conf/zoo.cfg']]);
    expect(folder.files).toEqual(before);
    await run(folder, other, ...ASIS, { pick: 'Write 1 file' });
    expect(folder.files.get('conf/zoo.cfg')).toContain('\nsnapCount=50000\n');
  });

  it('writes nothing when a file changed while it was shown', async () => {
    const folder = new MemoryFolder();
    await run(folder, facts, ...ASIS, { pick: 'Write 2 files' });
    const other = sampleFacts('queue', { snapCount: 50_000 });
    const mine = `${folder.files.get('conf/zoo.cfg') ?? ''}# typed meanwhile\n`;
    folder.showChanges = () => Promise.resolve(void folder.files.set('conf/zoo.cfg', mine));
    const { outcome } = await run(folder, other, ...ASIS, { pick: 'Write 1 file' });
    expect(String(outcome)).toMatch(/changed while the changes were shown/);
    expect(folder.files.get('conf/zoo.cfg')).toBe(mine);
  });

  it('goes back from every step, and Escape leaves nothing behind', async () => {
    const folder = new MemoryFolder();
    const { user } = await run(folder, facts, 'pickActive', 'accept', 'back', 'back', 'cancel');
    expect(user.asked.map((text) => text.slice(TITLE.length + 2, TITLE.length + 5))).toEqual([
      '1/3',
      '2/3',
      '3/3',
      '2/3',
      '1/3',
    ]);
    await run(folder, facts, ...ASIS, 'cancel');
    expect(folder.files.size).toBe(0);
  });

  it('keeps servers that a file names, and says how to get from them to the plan', async () => {
    const folder = new MemoryFolder();
    folder.files.set(
      'conf/zoo.cfg',
      'dataDir=/zk\nserver.1=a.example:2888:3888\nclientPort=2182\n',
    );
    const { notice } = await run(folder, facts, { many: ['zoo.cfg'] }, 'accept', 'accept', {
      pick: 'Write 2 files',
    });
    expect(notice).toBe(
      '2 files written into conf. conf/zoo.cfg has other servers than before: change them one at a time, by the runbook in PLAN.md.',
    );
    expect(folder.files.get('conf/zoo.cfg')).toMatch(
      /^dataDir=\/zk\n# \[plan\] zone 1\nserver\.1=a\.example:2888:3888\n# \[plan\] for clients.*\nclientPort=2182\n/m,
    );
    const runbook = folder.files.get('conf/PLAN.md') ?? '';
    expect(runbook).toContain(
      '### 1. Add server 2 (zk2) to server 1 (a.example): 2 voters, 2 make a quorum',
    );
    expect(runbook).toContain('### 2. Add server 3 (zk3): 3 voters, 2 make a quorum');
  });

  it('says at the end what to do before the next voter, and what else was left as it is', async () => {
    const folder = new MemoryFolder();
    const five = sampleFacts('queue', { voters: 5 });
    const both: Answer[] = [{ many: ['zoo.cfg', 'kubernetes.yml'] }, 'accept', 'accept'];
    await run(folder, facts, ...both, { pick: 'Write 2 files' });
    folder.files.set('conf/zoo.cfg', 'server.1=a:2888:3888\ngroup.1=1\n');
    const first = await run(folder, five, ...both, { pick: 'Write 2 files' });
    expect(first.notice).toBe(
      '2 files written into conf. conf/zoo.cfg has groups or weights: its list of servers stays as it is. ' +
        'conf/kubernetes.yml has 4 voters on the way to 5, since two at once could elect two leaders: ' +
        'apply it, wait until all are in sync, then write the files again.',
    );
    const second = await run(folder, five, ...both, { pick: 'Write 1 file' });
    expect(second.notice).toMatch(
      /^1 file written into conf\. conf\/zoo\.cfg has groups.* as it is\. conf\/kubernetes\.yml goes from 4 to 5 voters: apply it only where the file with 4 was applied/,
    );
    const third = await run(folder, five, ...both);
    expect(third.notice).toMatch(/^Nothing to write: .* as it is\.$/);
  });

  it("writes nothing where a list can't be read, and says which line", async () => {
    const folder = new MemoryFolder();
    folder.files.set('conf/zoo.cfg', 'dataDir=/zk\nserver.1=${ZK_HOST}\n');
    const { outcome } = await run(folder, facts, ...ASIS);
    expect(String(outcome)).toMatch(
      /Nothing was written\. conf\/zoo\.cfg: line 2: server\.1 can't be read/,
    );
    expect(folder.writes).toBe(0);
  });

  it('leaves files alone that are not its own, and says so', async () => {
    const folder = new MemoryFolder();
    folder.files.set('conf/docker-compose.yml', 'services: {}\n');
    const { notice } = await run(
      folder,
      facts,
      { many: ['zoo.cfg', 'docker-compose.yml'] },
      'accept',
      'accept',
      { pick: 'Write 1 file' },
    );
    expect(notice).toBe(
      '1 file written into conf. Left alone, since it was not written from a plan: conf/docker-compose.yml.',
    );
    expect(folder.files.get('conf/docker-compose.yml')).toBe('services: {}\n');
  });

  it('says where nothing can be written, a folder where it is named and a file before it is shown', async () => {
    const folder = new MemoryFolder();
    folder.refusals.set('conf', 'conf is read-only').set('own/zoo.cfg', 'zoo.cfg is read-only');
    const elsewhere = { type: 'own' };
    const { outcome, user } = await run(
      folder,
      facts,
      'pickActive',
      { type: 'conf', refused: /conf is read-only/ },
      elsewhere,
      'accept',
    );
    expect(outcome).toEqual(new Error('zoo.cfg is read-only'));
    expect(user.asked).toHaveLength(4);
    expect(folder.shown).toEqual([]);
  });

  it('says which goals the plan misses before it is written, and does not write on a second Enter', async () => {
    const folder = new MemoryFolder();
    const missing = sampleFacts('queue', { clientsPerAddress: 500 });
    const { user, outcome } = await run(
      folder,
      missing,
      ...ASIS,
      { pick: 'The plan misses a goal' },
      'pickActive',
      { pick: 'conf/zoo.cfg' },
      'pickActive',
      'cancel',
    );
    expect(outcome).toMatchObject({ name: 'Cancelled' });
    expect(folder.writes).toBe(0);
    expect(folder.shown).toEqual([['conf/zoo.cfg'], ['conf/zoo.cfg']]);
    expect(user.asked).toHaveLength(8);
  });

  it('asks again when nothing was chosen', async () => {
    const { notice, user } = await run(new MemoryFolder(), facts, { many: [] }, 'cancel');
    expect(notice).toBe('Choose at least one, or press Escape to write nothing.');
    expect(user.asked).toHaveLength(2);
  });

  it('says each thing in a notice of its own, which are cut where they are long', async () => {
    const folder = new MemoryFolder();
    const alone = { voters: 1, survivesZoneLoss: false, outageGoalMinutesPerYear: 100_000 };
    const both: Answer[] = [{ many: ['docker-compose.yml', 'kubernetes.yml'] }, 'accept', 'accept'];
    await run(folder, sampleFacts('queue', alone), ...both, { pick: 'Write 2 files' });
    const { user } = await run(folder, facts, ...both, { pick: 'Write 2 files' });
    const [, ...notes] = user.notices.map(({ message }) => message);
    expect(notes).toHaveLength(2);
    for (const note of notes) {
      expect(note.slice(0, 120)).toMatch(/^Stop the one server that has the data before/);
    }
  });

  it('says what alert rules and a pool need besides', async () => {
    const chosen = { many: ['zoo.cfg', 'Prometheus alert rules', 'Pool of servers'] };
    const { notice } = await run(new MemoryFolder(), facts, chosen, 'accept', 'accept', {
      pick: 'Write 2 files',
    });
    expect(notice).toMatch(/need the metrics provider: choose Metrics as well/);
    expect(notice).toMatch(/has no pool for a program/);
  });
});
