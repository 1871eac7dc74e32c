import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Manifest {
  readonly contributes?: {
    readonly viewsContainers?: { readonly activitybar?: readonly { readonly title: string }[] };
  };
}

/**
 * The title of the first view container that an extension contributes: once it shows, the extension
 * is there.
 */
export async function containerTitle(extensionPath: string): Promise<string | undefined> {
  const manifest = (await readJson(join(extensionPath, 'package.json'))) as Manifest;
  const title = manifest.contributes?.viewsContainers?.activitybar?.[0]?.title;
  const key = /^%(.+)%$/.exec(title ?? '')?.[1];
  if (!key) return title;
  const strings = await readJson(join(extensionPath, 'package.nls.json'));
  return (strings as Record<string, string>)[key];
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}
