import { build } from 'esbuild';
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
  const packages = outside.map(({ path }) => path).filter((path) => !/^(node:|vscode$)/.test(path));
  expect(packages.filter((path) => !NODE_MODULES.has(path))).toEqual([]);
}, 30_000);

/** Named without `node:` by the client package. */
const NODE_MODULES = new Set(['assert', 'events', 'net', 'util']);
