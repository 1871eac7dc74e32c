import { isWithin, ROOT, SYSTEM, type ZPath } from '../../domain/znode/path';

/**
 * Why nothing can be copied or moved from one path to another, whatever is there.
 *
 * - `root`, `system`: one of them is `/`, or belongs to ZooKeeper itself
 * - `same`, `inside`, `above`: the target is the source, below it, or what it lies in
 */
export type AddressProblem = 'root' | 'system' | 'same' | 'inside' | 'above';

/** @param isOneTree whether both paths are of the same connection */
export function problemOfAddress(
  source: ZPath,
  target: ZPath,
  isOneTree: boolean,
): AddressProblem | undefined {
  if (source === ROOT || target === ROOT) return 'root';
  if (isWithin(source, SYSTEM) || isWithin(target, SYSTEM)) return 'system';
  if (!isOneTree) return undefined;
  if (source === target) return 'same';
  if (isWithin(target, source)) return 'inside';
  return isWithin(source, target) ? 'above' : undefined;
}

/** Where a znode of the source's subtree goes. */
export function mapped(path: ZPath, source: ZPath, target: ZPath): ZPath {
  return `${target}${path.slice(source.length)}` as ZPath;
}
