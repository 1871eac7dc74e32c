import { presets } from '../domain/placement/presets';
import { UsageError } from './command';
import { print } from './output';

/** `zkw presets`: what places keys, and against what it was checked. */
export async function printPresets(rest: readonly string[], json: boolean): Promise<number> {
  if (rest.length > 0) throw new UsageError('presets takes no arguments');
  if (json) {
    await print(`${JSON.stringify(presets, null, 2)}\n`);
    return 0;
  }
  for (const { id, status, title } of presets) await print(`${id}\t${status}\t${title}\n`);
  return 0;
}
