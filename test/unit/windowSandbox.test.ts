import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/base/logger';
import type { ConnectionProfile } from '../../src/domain/connection';
import { WindowSandbox } from '../../src/ui/sandbox/windowSandbox';
import { englishL10n as l10n, ScriptedUser, type Answer } from '../fakes/userInput';

/** A thread that does as it is told: the real one does not end by itself, nor refuse its port. */
const folder = mkdtempSync(join(tmpdir(), 'zkw-sandbox-'));
const thread = (name: string, lines: string): string => {
  const file = join(folder, `${name}.js`);
  writeFileSync(file, `const { parentPort } = require('node:worker_threads');\n${lines}`);
  return file;
};
const OBEDIENT = thread(
  'obedient',
  `parentPort.on('message', ({ id, content }) => {
     if (content === 'empty') process.exit(1);
     parentPort.postMessage({ type: 'reset', id, problem: content === 'sample' ? 'no' : undefined });
   });
   parentPort.postMessage({ type: 'listening', port: 4711 });`,
);
const REFUSED = thread(
  'refused',
  `parentPort.postMessage({ type: 'failed', message: 'the port is taken' });
   setInterval(() => {}, 1000);`,
);
afterAll(() => rmSync(folder, { recursive: true }));

const SAVED = { id: 'sandbox', name: 'Mine', origin: 'user' } as ConnectionProfile;
let shown: ConnectionProfile | undefined;
let calls: string[];
let sandbox: WindowSandbox;
let user: ScriptedUser;

function open(workerFile: string, ...answers: Answer[]): WindowSandbox {
  user = new ScriptedUser(...answers);
  sandbox = new WindowSandbox({
    store: {
      profiles: [SAVED],
      show: (profile) => {
        shown = profile;
        calls.push(profile ? 'show' : 'hide');
      },
    },
    ...{ workerFile, ui: user, l10n, log: silentLogger, showProgress: () => {} },
    showView: () => Promise.resolve(),
    connect: (id) => Promise.resolve(void calls.push(`connect ${id}`)),
    disconnect: (id) => Promise.resolve(void calls.push(`disconnect ${id}`)),
  });
  return sandbox;
}

describe('the sandbox of a window', () => {
  beforeEach(() => {
    calls = [];
    shown = undefined;
  });
  afterEach(() => sandbox.stop());

  it('is one, however often it is started, with an id that no saved connection has', async () => {
    const one = open(OBEDIENT);
    await Promise.all([one.start(), one.start()]);
    expect(calls).toEqual(['show', 'connect sandbox-2', 'connect sandbox-2']);
    expect(shown).toMatchObject({ connectString: '127.0.0.1:4711', origin: 'sandbox' });
  });

  it('is disconnected before it is taken away, and can start again', async () => {
    const one = open(OBEDIENT);
    await one.start();
    await one.stop();
    await one.stop();
    expect(calls.slice(2)).toEqual(['disconnect sandbox-2', 'hide']);
    await one.start();
    expect(shown).toBeDefined();
  });

  it('says why it does not start, and what a reset fails of', async () => {
    await expect(open(REFUSED).start()).rejects.toThrow('the port is taken');
    expect(calls).toEqual([]);
    const one = open(OBEDIENT, { pick: 'Sample data that stays' });
    await expect(one.reset()).rejects.toThrow('The sandbox is not running.');
    await one.start();
    await expect(one.reset()).rejects.toThrow('no');
  });

  it('leaves no row behind when its thread ends by itself', async () => {
    const one = open(OBEDIENT, { pick: 'Nothing' });
    await one.start();
    await expect(one.reset()).rejects.toThrow('its thread has ended');
    expect(shown).toBeUndefined();
    expect(user.notices[0]?.message).toMatch(/^The sandbox has ended by itself/);
    await one.start();
    expect(shown).toBeDefined();
  });
});
