import type { CopyPlan } from './copyPlan';
import { INTENDED, type UndoRecord, type UndoWriter } from './undo';

/**
 * Takes the record of an interrupted copy or move over into that of its continuation, so that both are
 * undone together. False when it has become too large to be kept.
 */
export async function carryOver(
  { lost, left }: Pick<UndoRecord, 'lost' | 'left'>,
  { existing }: Pick<CopyPlan, 'existing'>,
  undo: UndoWriter,
): Promise<boolean> {
  let isKept = true;
  for (const znode of lost) isKept &&= await undo.lost(znode);
  for (const znode of left) {
    const seen = existing.get(znode.path);
    const isMade = seen?.isEqual && seen.version === znode.version;
    // Going to be made when it ended: ours is the one that is as it would have been.
    const known = znode.czxid === INTENDED ? isMade && { ...znode, czxid: seen.czxid } : znode;
    if (known) isKept &&= await undo.left(known);
  }
  return isKept;
}
