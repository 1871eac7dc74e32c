import * as assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import * as vscode from 'vscode';
import { extension } from './support/tools';

interface Manifest {
  readonly main: string;
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

const manifest = (): Manifest => extension().packageJSON as Manifest;

describe('activation', () => {
  it('loads none of the parts that are for later', async () => {
    assert.equal(extension().isActive, false, 'nothing in an empty window needs the extension');
    const main = join(extension().extensionPath, manifest().main);
    const require = createRequire(main);
    // Other extensions start whenever they like.
    const isOurs = (file: string): boolean => file.startsWith(dirname(main) + sep);
    const loaded = (): string[] => Object.keys(require.cache).filter(isOurs);
    require(main);
    const before = loaded();
    assert.ok(before.includes(main));
    await extension().activate();
    assert.deepEqual(loaded(), before);
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
