import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { screenshotOnFailure } from './support/failures';
import { openWorkbench } from './support/openWorkbench';
import { makeReadOnly } from './support/readOnly';
import { readable } from './support/text';
import type { Workbench } from './support/workbench';

const COMMAND = 'ZooKeeper: Write Config Files…';
const TITLE = 'Write Config Files';

const BROKEN = `\
tickTime=2000
tickTimes=1
initLimit=10
syncLimit=9
dataDir=/zk
server.1=a:1:2;2181
server.2=b:1:2;2181
`;

describe('writing config files', () => {
  let root = '';
  let workbench: Workbench;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'zkw-config-'));
    const workspace = join(root, 'workspace');
    await mkdir(join(workspace, '.vscode'), { recursive: true });
    await cp('test/sample/plans/queue.zkplan.json', join(workspace, 'queue.zkplan.json'));
    await writeFile(join(workspace, 'zoo-lint.cfg'), BROKEN);
    await mkdir(join(root, 'outside'));
    await symlink(join(root, 'outside'), join(workspace, 'link'));
    workbench = await openWorkbench({ workspace });
    return async () => {
      await workbench.close();
      await rm(root, { recursive: true });
    };
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  const file = (name: string): string => join(workbench.workspace, name);
  const text = (name: string): Promise<string | undefined> =>
    readFile(file(name), 'utf8').catch(() => undefined);
  /** Runs the command and goes on by Enter to its last question, with this folder. */
  const ask = async (folder?: string): Promise<void> => {
    const { quickInput } = workbench;
    await workbench.run(COMMAND);
    await quickInput.title(`${TITLE} (1/3)`);
    await quickInput.accept();
    await quickInput.title(`${TITLE} (2/3)`);
    if (folder !== undefined) await quickInput.fill(folder);
    await quickInput.accept();
    await quickInput.title(`${TITLE} (3/3)`);
    await quickInput.accept();
  };
  const focused = () =>
    workbench.page.locator('.editor-group-container.active .monaco-editor.focused');
  /** Opens a file, and waits until what is typed goes to it. */
  const open = async (path: string): Promise<void> => {
    await workbench.openFile(path);
    await focused().waitFor();
  };
  const confirming = () => workbench.quickInput.option('zookeeper/zoo.cfg').waitFor();
  /** Waits for the end: another quick input any earlier would be a way to leave the question. */
  const written = async (pattern: RegExp): Promise<void> => {
    await workbench.quickInput.closed();
    await workbench.notifications.find(pattern);
    await workbench.notifications.clear();
  };

  it('goes back from every step, and Escape at any leaves nothing behind', async () => {
    const { quickInput } = workbench;
    const before = await readdir(workbench.workspace, { recursive: true });
    const goTo = async (step: number): Promise<void> => {
      await workbench.run(COMMAND);
      for (let now = 1; now < step; now++) {
        await quickInput.title(`${TITLE} (${now}/3)`);
        await quickInput.accept();
      }
      await (step > 3 ? confirming() : quickInput.title(`${TITLE} (${step}/3)`));
    };
    await goTo(3);
    for (const step of [2, 1]) {
      await quickInput.backByKey();
      await quickInput.title(`${TITLE} (${step}/3)`);
    }
    await quickInput.cancel();
    for (const step of [2, 3, 4]) {
      await goTo(step);
      await quickInput.cancel();
    }
    expect(await readdir(workbench.workspace, { recursive: true })).toEqual(before);
    expect(await workbench.page.locator('.tab').count()).toBe(0);
  });

  it('goes from a plan to files by keyboard, and undo takes them back', async () => {
    const { quickInput } = workbench;
    await ask();
    await confirming();
    await expect
      .poll(() => quickInput.options())
      .toContainEqual(expect.stringMatching(/Write 7 files, 7 new, 0 changed/));
    await workbench.screenshot('config-confirm-new');
    await quickInput.accept();
    await written(/7 files written/);
    expect(await text('zookeeper/zoo.cfg')).toContain('\ninitLimit=10\n');
    expect(await text('zookeeper/myid/server.3/myid')).toBe('3\n');
    await open('zookeeper/zoo.cfg');
    await expect.poll(() => workbench.editorText()).toContain('tickTime=2000');
    await workbench.screenshot('config-zoo-cfg');
  });

  it('changes nothing the second time', async () => {
    await ask();
    await written(/Nothing to write: all 7 files/);
  });

  it('shows what changes and writes nothing when that is refused', async () => {
    const plan = JSON.parse((await text('queue.zkplan.json')) ?? '') as {
      ensemble: Record<string, unknown>;
    };
    plan.ensemble['snapCount'] = 50_000;
    await writeFile(file('queue.zkplan.json'), JSON.stringify(plan));
    const own = '# ours\nssl.clientAuth=want\n';
    await writeFile(file('zookeeper/zoo.cfg'), own + ((await text('zookeeper/zoo.cfg')) ?? ''));
    const before = await text('zookeeper/zoo.cfg');
    await ask();
    await confirming();
    await workbench
      .tab('Files as Planned')
      .or(workbench.page.locator('.tab', { hasText: 'as planned' }))
      .first()
      .waitFor();
    await workbench.screenshot('config-diff');
    await workbench.quickInput.cancel();
    expect(await text('zookeeper/zoo.cfg')).toBe(before);
    await expect
      .poll(() => workbench.page.locator('.tab', { hasText: /planned/i }).count())
      .toBe(0);
  });

  it.each(['zoo.cfg', 'PLAN.md', 'java.env'])(
    'keeps what a person wrote, and one undo takes all of it back: in %s',
    async (name) => {
      const before = await text('zookeeper/zoo.cfg');
      await rm(file('zookeeper/java.env'), { force: true });
      await ask();
      await confirming();
      await workbench.quickInput.accept();
      await written(/files written/);
      await expect.poll(() => text('zookeeper/zoo.cfg')).toContain('\nsnapCount=50000\n');
      await expect.poll(() => text('zookeeper/zoo.cfg')).toMatch(/^# ours\nssl\.clientAuth=want\n/);
      await expect.poll(() => text('zookeeper/java.env')).toBeDefined();
      await open(`zookeeper/${name}`);
      await workbench.run('Undo');
      await expect.poll(() => text('zookeeper/java.env')).toBeUndefined();
      await workbench.run('File: Save All Files');
      await expect.poll(() => text('zookeeper/zoo.cfg')).toBe(before);
    },
  );

  it('looks over a zoo.cfg while it is typed, with quick fixes, and holds it against the plan', async () => {
    const { page } = workbench;
    await open('zoo-lint.cfg');
    const squiggles = page.locator('.editor-group-container.active .squiggly-warning');
    await squiggles.first().waitFor();
    await workbench.run('Problems: Focus on Problems View');
    const problems = page.locator('.markers-panel .monaco-list-row');
    const shown = async () => (await problems.allInnerTexts()).map(readable).join('\n');
    await expect.poll(shown).toContain('tickTimes is no key of ZooKeeper');
    await expect.poll(shown).toContain('Two voters survive no failure');
    await expect.poll(shown).toContain('Old snapshots and logs are never removed');
    await expect.poll(shown).toContain('queue.zkplan.json has syncLimit=5');
    await workbench.screenshot('config-lint');
    await workbench.tab('zoo-lint.cfg').click();
    await focused().waitFor();
    await page.keyboard.press('Control+G');
    await workbench.quickInput.fill(':4:2');
    await workbench.quickInput.accept();
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget').getByText('Set syncLimit to 5').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => workbench.editorText()).toContain('syncLimit=5');
    await expect.poll(shown).not.toContain('has syncLimit=5');
    await workbench.run('File: Save All Files');
  });

  it('writes nothing through a link that leads out, nor where nothing can be written', async () => {
    const { quickInput } = workbench;
    await mkdir(file('locked'));
    const unlock = await makeReadOnly(file('locked'));
    try {
      await workbench.run(COMMAND);
      await quickInput.title(`${TITLE} (1/3)`);
      await quickInput.accept();
      await quickInput.title(`${TITLE} (2/3)`);
      for (const [folder, reason] of [
        ['link/conf', /leads out of the workspace folder by a symbolic link/],
        ['locked/conf', /^locked\/conf cannot be written/],
        ['locked', /^locked cannot be written/],
      ] as const) {
        await quickInput.fill(folder);
        await quickInput.accept();
        await expect.poll(() => quickInput.message()).toMatch(reason);
      }
      await workbench.screenshot('config-locked');
      await quickInput.cancel();
    } finally {
      await unlock();
    }
    expect(await readdir(join(root, 'outside'))).toEqual([]);
    expect(await readdir(file('locked'))).toEqual([]);
  });

  it('says so when a folder of the workspace cannot be written at all', async () => {
    const { quickInput } = workbench;
    const unlock = await makeReadOnly(workbench.workspace);
    try {
      await workbench.run(COMMAND);
      await quickInput.title(`${TITLE} (1/3)`);
      await quickInput.accept();
      await quickInput.title(`${TITLE} (2/3)`);
      await quickInput.fill('new/conf');
      await quickInput.accept();
      await expect.poll(() => quickInput.message()).toMatch(/^new\/conf cannot be written/);
      await quickInput.cancel();
    } finally {
      await unlock();
    }
    expect(await text('new/conf/zoo.cfg')).toBeUndefined();
  });

  it('looks well in every theme', async () => {
    await workbench.run('View: Toggle Panel Visibility');
    await ask('zookeeper');
    await confirming();
    for (const theme of ['dark', 'light', 'highContrast'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`config-diff-${theme}`);
    }
    await workbench.quickInput.cancel();
  });

  it('needs the folder of the plan', async () => {
    const { quickInput } = workbench;
    const plan = join(root, 'outside', 'loose.zkplan.json');
    await cp(file('queue.zkplan.json'), plan);
    await workbench.closeFolder();
    await workbench.run('File: Open File...');
    await quickInput.title('Open File');
    await quickInput.chooseFile(plan);
    await workbench.tab('loose.zkplan.json').waitFor();
    await workbench.run(COMMAND);
    const notice = await workbench.notifications.find('Open the folder of the plan first');
    await workbench.screenshot('config-no-folder');
    await notice.getByRole('button', { name: 'Open Folder' }).click();
    await quickInput.title('Open Folder');
    await quickInput.cancel();
    expect(await readdir(join(root, 'outside'))).toEqual(['loose.zkplan.json']);
  });
});
