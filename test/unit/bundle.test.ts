import { build } from 'esbuild';
import { isBuiltin } from 'node:module';
import { expect, it } from 'vitest';

const ENTRY = 'dist/extension.js';

it('starts with at most 250 kB, with nothing left to install', async () => {
  const { metafile } = await build({
    entryPoints: ['src/extension.ts'],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['vscode'],
    write: false,
    metafile: true,
    outdir: 'dist',
  });
  const { outputs } = metafile;
  const atStart = new Set<string>();
  const visit = (path: string): void => {
    const output = outputs[path];
    if (!output || atStart.has(path)) return;
    atStart.add(path);
    for (const { path: next, kind } of output.imports) if (kind !== 'dynamic-import') visit(next);
  };
  visit(ENTRY);
  const bytes = [...atStart].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
  console.log(`loaded when VS Code starts the extension: ${bytes} bytes`);
  expect(atStart).toContain(ENTRY);
  expect(bytes).toBeLessThanOrEqual(250_000);
  const outside = Object.values(outputs).flatMap(({ imports }) => imports);
  const packages = outside
    .map(({ path }) => path)
    .filter((path) => !isBuiltin(path) && !(path in outputs));
  expect([...new Set(packages)]).toEqual(['vscode']);
}, 30_000);
