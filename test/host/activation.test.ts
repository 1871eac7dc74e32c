import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension } from './support/tools';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('activation', () => {
  it('takes less than 50 ms of the extension host', async () => {
    const ours = extension();
    assert.equal(ours.isActive, false, 'nothing in an empty window needs the extension');
    const before = process.cpuUsage();
    const start = performance.now();
    await ours.activate();
    const wallMs = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    const cpuMs = (user + system) / 1000;
    console.log(`activation: ${wallMs.toFixed(1)} ms, ${cpuMs.toFixed(1)} ms of them computing`);
    assert.ok(Math.min(wallMs, cpuMs) < 50);
  });

  it('registers every command that the manifest contributes', async () => {
    const { contributes } = extension().packageJSON as Manifest;
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
    assert.ok(contributes.commands.length > 15);
  });
});
