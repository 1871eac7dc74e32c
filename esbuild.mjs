// @ts-check
// Bundles the extension host, the command-line program, webviews and the tests that run inside VS Code.
import { context, build, transform } from 'esbuild';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  target: 'es2022',
};
/** @type {import('esbuild').BuildOptions} */
const node = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  mainFields: ['module', 'main'], // the other entry of jsonc-parser can't be bundled
};

/** @param {string} folder @param {string} ending */
const filesIn = (folder, ending) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(ending))
        .map((name) => join(folder, name))
    : [];

/**
 * What is imported by `import()` goes to chunks that are loaded when it is needed. esbuild splits
 * ES modules only and VS Code loads CommonJS, so each file is translated once more.
 * @type {import('esbuild').Plugin}
 */
const toCommonJs = {
  name: 'to-commonjs',
  setup(builder) {
    builder.onEnd(async ({ outputFiles = [] }) => {
      rmSync('dist/chunks', { recursive: true, force: true });
      for (const { path, text } of outputFiles) {
        const { code } = await transform(text, {
          format: 'cjs',
          platform: 'node',
          target: 'es2022',
          minify: production,
          sourcemap: production ? false : 'inline',
          supported: { 'dynamic-import': false },
        });
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, code);
      }
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
const extension = {
  ...node,
  format: 'esm',
  splitting: true,
  entryPoints: ['src/extension.ts'],
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  external: ['vscode'],
  sourcemap: production ? false : 'inline',
  write: false,
  plugins: [toCommonJs],
};

/** @type {import('esbuild').BuildOptions[]} */
const targets = [
  extension,
  {
    ...node,
    entryPoints: ['src/cli.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  },
  { ...node, entryPoints: { sandbox: 'src/sandbox/worker.ts' }, outdir: 'dist' },
];

/**
 * `import { code } from 'worker:./x.worker.ts'` is that script, bundled, as a text: pages start workers
 * from blobs, because a file of the extension is of another origin for them.
 * @type {import('esbuild').Plugin}
 */
const workerText = {
  name: 'worker-text',
  setup(builder) {
    builder.onResolve({ filter: /^worker:/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice('worker:'.length)),
      namespace: 'worker',
    }));
    builder.onLoad({ filter: /./, namespace: 'worker' }, async ({ path }) => {
      const { outputFiles, metafile } = await build({
        ...shared,
        platform: 'browser',
        format: 'iife',
        entryPoints: [path],
        sourcemap: false,
        write: false,
        metafile: true,
      });
      const watchFiles = Object.keys(metafile.inputs).map((file) => resolve(file));
      const code = JSON.stringify(outputFiles[0]?.text ?? '');
      return { contents: `export const code = ${code};`, watchFiles };
    });
  },
};

const webviews = readdirSync('media', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join('media', entry.name, 'main.ts')))
  .map((entry) => join('media', entry.name, 'main.ts'));
if (webviews.length > 0) {
  targets.push({
    ...shared,
    platform: 'browser',
    format: 'iife',
    entryPoints: webviews,
    outdir: 'dist/media',
    outbase: 'media',
    plugins: [workerText],
  });
}
if (!production) {
  targets.push(
    {
      ...node,
      entryPoints: ['test/host/index.ts', ...filesIn('test/host', '.test.ts')],
      outdir: 'dist/test/host',
      external: ['vscode', 'mocha'],
    },
    { ...node, entryPoints: filesIn('test/sample', '.ts'), outdir: 'dist/test/sample' },
  );
}

/** Prints what `.vscode/tasks.json`'s problem matcher reads. @type {import('esbuild').Plugin} */
const reporter = {
  name: 'watch-reporter',
  setup(builder) {
    builder.onStart(() => console.log('[watch] build started'));
    builder.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      console.log('[watch] build finished');
    });
  },
};

if (watch) {
  for (const target of targets) {
    const plugins = [...(target.plugins ?? []), reporter];
    await (await context({ ...target, logLevel: 'silent', plugins })).watch();
  }
} else {
  await Promise.all(targets.map((target) => build(target)));
}
