import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  Commands,
  Container,
  ContextKeys,
  PlanCommands,
  PREFIX,
  SCHEME,
  SNAPSHOT_SCHEME,
  Settings,
  Views,
} from '../../src/ui/contributions';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** What each ring may import, besides itself. The file `extension.ts` is a ring of its own. */
const RINGS: Record<string, readonly string[]> = {
  'src/base': [],
  'src/domain': ['src/base'],
  'src/zk': ['src/base', 'src/domain'],
  'src/sandbox': ['src/base', 'src/domain', 'src/zk'],
  'src/protocol': ['src/domain'],
  'src/ui': ['src/base', 'src/domain', 'src/zk', 'src/sandbox', 'src/protocol'],
  'src/extension.ts': ['src/base', 'src/zk', 'src/ui'],
  'src/cli': ['src/base', 'src/domain', 'src/zk', 'src/sandbox'],
  'src/cli.ts': ['src/base', 'src/cli'],
  media: ['src/base', 'src/domain', 'src/protocol'],
};
/** The only importers of a package; `node:` stands for all of Node. */
const IMPORTERS: Record<string, readonly string[]> = {
  vscode: ['src/ui', 'src/extension.ts'],
  'node-zookeeper-client': ['src/zk'],
  'node:': ['src/zk', 'src/sandbox', 'src/ui', 'src/cli'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(project, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(project, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(project, file), 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,]+\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/g,
  );
  return [...found].map(([, type, from, dynamic]) => {
    const target = from ?? dynamic ?? '';
    const to = target.startsWith('.')
      ? relative(project, resolve(project, dirname(file), target))
      : target;
    return { from: file, to, isType: type !== undefined };
  });
}

const ringOf = (path: string): string | undefined =>
  Object.keys(RINGS).find(
    (ring) => path === ring || `${path}.ts` === ring || path.startsWith(`${ring}/`),
  );

/** What the sandbox may know of the client: the codec and the numbers of errors. */
const CODEC = ['frames', 'juteReader', 'juteWriter', 'protocol', 'records'].map(
  (name) => `src/zk/engine/${name}`,
);

const files = [...sourceFiles('src'), ...sourceFiles('media')];
const imports = files.flatMap(importsOf);

describe('architecture', () => {
  it('reads the imports at all', () => {
    expect(imports.length).toBeGreaterThan(50);
    expect(imports).toContainEqual({
      from: 'src/extension.ts',
      to: 'src/zk/sessions',
      isType: false,
    });
  });

  it('imports only inward', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [source, target] = [ringOf(from), ringOf(to)];
      if (source === undefined) return true;
      if (target === undefined) return to.startsWith('src/') || to.startsWith('media/');
      return source !== target && !RINGS[source]?.includes(target);
    });
    expect(wrong).toEqual([]);
  });

  it('knows packages only in their own ring', () => {
    const wrong = imports.filter(({ from, to }) =>
      Object.entries(IMPORTERS).some(
        ([name, importers]) =>
          (to === name || (name.endsWith(':') && to.startsWith(name))) &&
          !importers.includes(ringOf(from) ?? ''),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('shows the sandbox no more of the client than its codec', () => {
    const known = [...CODEC, 'src/zk/errors'];
    const used = imports.filter(
      ({ from, to }) => ringOf(from) === 'src/sandbox' && ringOf(to) === 'src/zk',
    );
    expect(used.filter(({ to }) => !known.includes(to))).toEqual([]);
    expect(used.length).toBeGreaterThan(0);
  });

  it('keeps the features of the user interface apart', () => {
    const featureOf = (path: string): string | undefined => /^src\/ui\/([^/]+)\//.exec(path)?.[1];
    const wrong = imports.filter(({ from, to }) => {
      const feature = featureOf(to);
      return from.startsWith('src/ui/') && feature !== undefined && feature !== featureOf(from);
    });
    expect(wrong).toEqual([]);
  });

  it('has no default exports, no barrels and no large files', () => {
    const wrong = files.filter((file) => {
      const text = readFileSync(join(project, file), 'utf8');
      return /^export (default|\*)/m.test(text) || text.split('\n').length > 400;
    });
    expect(wrong).toEqual([]);
  });

  it('keeps the entry point short', () => {
    const lines = readFileSync(join(project, 'src/extension.ts'), 'utf8').split('\n').length;
    expect(lines).toBeLessThanOrEqual(100);
  });
});

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly enabledApiProposals?: unknown;
  readonly activationEvents: readonly string[];
  readonly devDependencies: Record<string, string>;
  readonly capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category?: string }[];
    readonly menus: Record<string, readonly { command: string; when?: string }[]>;
    readonly configuration: { readonly properties: Record<string, { scope?: string }> };
    readonly views: Record<string, readonly { id: string }[]>;
    readonly viewsContainers: { readonly activitybar: readonly { id: string }[] };
    readonly resourceLabelFormatters: readonly { scheme: string }[];
    readonly colors: readonly { id: string }[];
  };
}

/** Commands that make a plan, which is possible at any time. */
const WIZARDS = Object.values(PlanCommands).filter((id) => id.includes('.plan.new'));

describe('manifest', () => {
  const text = readFileSync(join(project, 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as Manifest;
  const { contributes } = manifest;
  const commands = contributes.commands.map(({ command }) => command).sort();

  it('contributes exactly the commands that the code knows', () => {
    const known = [...Object.values(Commands), ...Object.values(PlanCommands)];
    expect(commands).toEqual(known.sort());
  });

  it('contributes exactly the views, settings and the scheme that the code knows', () => {
    expect(contributes.viewsContainers.activitybar.map(({ id }) => id)).toEqual([Container]);
    expect(contributes.views[Container]?.map(({ id }) => id)).toEqual(Object.values(Views));
    const settings = Object.values(Settings).map((name) => `${PREFIX}.${name}`);
    expect(Object.keys(contributes.configuration.properties).sort()).toEqual(settings.sort());
    expect(contributes.resourceLabelFormatters.map(({ scheme }) => scheme)).toEqual([
      SCHEME,
      SNAPSHOT_SCHEME,
    ]);
    expect(manifest.activationEvents).toContain(`onFileSystem:${SCHEME}`);
  });

  it('gives every command a category and a place in the palette', () => {
    const palette = contributes.menus['commandPalette']?.map(({ command }) => command) ?? [];
    const free: string[] = [
      ...WIZARDS,
      Commands.saveForgetChoices,
      ...[Commands.connectionAdd, Commands.connectionChoose],
      ...[Commands.showLog, Commands.showWrites, Commands.ringOpen],
    ];
    expect(contributes.commands.filter(({ category }) => category !== '%category%')).toEqual([]);
    expect([...palette, ...free].sort()).toEqual(commands);
  });

  it('offers only commands that it contributes, under context keys that the code sets', () => {
    const items = Object.values(contributes.menus).flat();
    expect(items.filter(({ command }) => !commands.includes(command))).toEqual([]);
    const keys = items.flatMap(({ when }) => when?.match(/zookeeperWorkbench:\w+/g) ?? []);
    expect(keys.filter((key) => !(Object.values(ContextKeys) as string[]).includes(key))).toEqual(
      [],
    );
  });

  it('scopes every setting and restricts those that decide where credentials go', () => {
    const unscoped = Object.entries(contributes.configuration.properties).filter(
      ([, { scope }]) => scope === undefined,
    );
    expect(unscoped).toEqual([]);
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toContain(
      `${PREFIX}.${Settings.connections}`,
    );
  });

  it('has a text for every placeholder, and no text without one', () => {
    const nls = JSON.parse(readFileSync(join(project, 'package.nls.json'), 'utf8')) as object;
    const used = new Set([...text.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key));
    expect([...used].sort()).toEqual(Object.keys(nls).sort());
  });

  it('uses no proposed API and types as old as the oldest VS Code it supports', () => {
    expect(manifest.enabledApiProposals).toBeUndefined();
    expect(`^${manifest.devDependencies['@types/vscode'] ?? ''}`).toBe(manifest.engines.vscode);
    const casts = files.filter((file) =>
      /\(vscode(\.\w+)* as (any|unknown)\b/.test(readFileSync(join(project, file), 'utf8')),
    );
    expect(casts).toEqual([]);
  });
});
