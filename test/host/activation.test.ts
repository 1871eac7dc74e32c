import * as assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { extension } from './support/tools';

interface Manifest {
  readonly main: string;
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

type Activate = (context: vscode.ExtensionContext) => void;

const manifest = (): Manifest => extension().packageJSON as Manifest;

/** Lets the extension activate with its `activate()` timed: what waits for VS Code doesn't count. */
async function timedActivation(): Promise<{ loadMs: number; selfMs: number }> {
  const main = join(extension().extensionPath, manifest().main);
  const require = createRequire(main);
  const loading = performance.now();
  const { activate } = require(main) as { readonly activate: Activate };
  const loadMs = performance.now() - loading;
  let selfMs = Infinity;
  const timed: Activate = (context) => {
    const start = performance.now();
    activate(context);
    selfMs = performance.now() - start;
  };
  const cached = require.cache[require.resolve(main)];
  assert.ok(cached);
  cached.exports = { activate: timed };
  await extension().activate();
  return { loadMs, selfMs };
}

describe('activation', () => {
  it('takes less than 50 ms', async () => {
    assert.equal(extension().isActive, false, 'nothing in an empty window needs the extension');
    const { loadMs, selfMs } = await timedActivation();
    console.log(
      `    activation: ${selfMs.toFixed(1)} ms, ${loadMs.toFixed(1)} ms to load the code`,
    );
    // On a busy machine everything takes longer; loading the code is the yardstick of the same run.
    assert.ok(selfMs < Math.max(50, loadMs));
  });

  it('registers every command that the manifest contributes', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const contributed = manifest().contributes.commands.map(({ command }) => command);
    assert.deepEqual(
      contributed.filter((command) => !registered.has(command)),
      [],
    );
    assert.ok(contributed.length > 15);
  });
});
