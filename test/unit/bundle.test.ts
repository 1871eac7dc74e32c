import { build } from 'esbuild';
import { isBuiltin } from 'node:module';
import { expect, it } from 'vitest';

it('keeps the extension within 250 kB, with nothing left to install', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: ['src/extension.ts'],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    write: false,
    metafile: true,
    outfile: 'extension.js',
  });
  const [file] = outputFiles;
  console.log(`dist/extension.js: ${file?.contents.length ?? 0} bytes`);
  expect(file?.contents.length).toBeLessThanOrEqual(250_000);
  const outside = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
  const packages = outside.map(({ path }) => path).filter((path) => !isBuiltin(path));
  expect([...new Set(packages)]).toEqual(['vscode']);
}, 30_000);
