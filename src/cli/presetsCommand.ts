import { presets } from '../domain/placement/presets';
import { UsageError } from './command';
import { write } from './output';

/** `zkw presets`: what places keys, and against what it was checked. */
export async function printPresets(rest: readonly string[], json: boolean): Promise<number> {
  if (rest.length > 0) throw new UsageError('presets takes no arguments');
  const text = json
    ? `${JSON.stringify(presets, null, 2)}\n`
    : presets.map(({ id, status, title }) => `${id}\t${status}\t${title}\n`).join('');
  await write(text);
  return 0;
}
