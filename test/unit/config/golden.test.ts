import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SAMPLES } from '../capacity/planSupport';
import { filesOf, sampleFacts } from './configSupport';

const FIXTURES = join(import.meta.dirname, '../../fixtures/config');

describe.each(SAMPLES)('the files of the %s plan', (name) => {
  const folder = join(FIXTURES, name);
  const files = filesOf(sampleFacts(name), { planFile: `${name}.zkplan.json`, name });

  it.each(files.map(({ path, text }) => [path, text] as const))('%s', async (path, text) => {
    await expect(text).toMatchFileSnapshot(join(folder, path));
  });

  it('are no others', () => {
    const stored = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
    expect(files.map(({ path }) => path).sort()).toEqual(stored.sort());
  });
});
