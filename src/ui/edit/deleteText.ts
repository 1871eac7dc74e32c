import type * as vscode from 'vscode';
import { assertNever } from '../../base/assert';
import { displayName } from '../../domain/znode/displayName';
import { formatBytes, formatCount } from '../../domain/znode/format';
import type { ZPath } from '../../domain/znode/path';
import type { DeleteOutcome } from '../../zk/edit/deleteTree';
import type { Stop } from '../../zk/edit/stop';
import type { Obstacle, Survey, SurveyCounts } from '../../zk/edit/survey';
import { describeWriteError } from '../errorText';

type L10n = typeof vscode.l10n;

const MOST_PATHS = 5;

/** `1 znode`, `1,234 znodes` */
export function countZnodes(count: number, l10n: L10n): string {
  return count === 1 ? l10n.t('1 znode') : l10n.t('{0} znodes', formatCount(count));
}

/** `/a` or `/a and 3 more` */
export function namePaths(paths: readonly ZPath[], l10n: L10n): string {
  const [first = '', ...more] = paths;
  const name = displayName(first);
  return more.length === 0 ? name : l10n.t('{0} and {1} more', name, formatCount(more.length));
}

export function describeSurvey({ znodes, bytes }: SurveyCounts, l10n: L10n): string {
  return l10n.t('{0}, {1} so far', countZnodes(znodes, l10n), formatBytes(bytes));
}

/** `4 znodes in 3 levels with 44 bytes of data.` */
export function describeSize({ znodes, depth, bytes }: SurveyCounts, l10n: L10n): string {
  const levels = depth === 1 ? l10n.t('1 level') : l10n.t('{0} levels', depth);
  const size = formatBytes(bytes);
  return l10n.t('{0} in {1} with {2} of data.', countZnodes(znodes, l10n), levels, size);
}

/** What a deletion would take, and what may keep it from succeeding. */
export function previewDelete(survey: Survey, l10n: L10n): string[] {
  const { counts, obstacles, obstacleCount, missing } = survey;
  const lines = [describeSize(counts, l10n)];
  const { ours, others } = counts.ephemerals;
  if (others > 0) {
    const text = countZnodes(others, l10n);
    lines.push(l10n.t('Ephemeral, of other sessions that are still using them: {0}.', text));
  }
  if (ours > 0) lines.push(l10n.t('Ephemeral, of this connection: {0}.', countZnodes(ours, l10n)));
  if (missing.length > 0) lines.push(l10n.t('Already gone: {0}.', namePaths(missing, l10n)));
  for (const obstacle of obstacles.slice(0, MOST_PATHS))
    lines.push(describeObstacle(obstacle, l10n));
  if (obstacleCount > MOST_PATHS) {
    lines.push(l10n.t('Obstacles that are not listed: {0}.', obstacleCount - MOST_PATHS));
  }
  return lines;
}

function describeObstacle({ kind, path }: Obstacle, l10n: L10n): string {
  const name = displayName(path);
  switch (kind) {
    case 'unlistable':
      return l10n.t('No permission to list the children of {0}: it will stay.', name);
    case 'undeletable':
      return l10n.t('No permission to delete the children of {0}: they will stay.', name);
    case 'quota':
      return l10n.t('{0} has a quota, which stays.', name);
    default:
      return assertNever(kind);
  }
}

/** What was deleted and what was not, exactly. */
export function describeOutcome(
  paths: readonly ZPath[],
  outcome: DeleteOutcome,
  l10n: L10n,
): string {
  const { deleted, remaining, vanished, unknown, unkept, stop } = outcome;
  const sentences: string[] = [];
  if (stop) sentences.push(l10n.t('The deletion stopped: {0}.', describeStop(stop, l10n)));
  sentences.push(
    stop
      ? l10n.t('Deleted: {0}; still there: {1}.', formatCount(deleted), formatCount(remaining))
      : l10n.t('Deleted {0} ({1}).', namePaths(paths, l10n), countZnodes(deleted, l10n)),
  );
  if (vanished > 0) {
    sentences.push(l10n.t('Deleted by somebody else meanwhile: {0}.', formatCount(vanished)));
  }
  if (unknown > 0) {
    sentences.push(l10n.t('Unknown, without an answer: {0}.', formatCount(unknown)));
  }
  if (unkept > 0) {
    sentences.push(l10n.t('Unreadable, so they cannot be restored: {0}.', formatCount(unkept)));
  }
  return sentences.join(' ');
}

/** One clause: why a change of many znodes ended before its end. */
export function describeStop({ reason, path, error }: Stop, l10n: L10n): string {
  const name = path === undefined ? l10n.t('a znode') : displayName(path);
  switch (reason) {
    case 'cancelled':
      return l10n.t('it was cancelled');
    case 'changed':
      return l10n.t('somebody has changed {0} since', name);
    case 'recreated':
      return l10n.t('somebody has deleted {0} and created it again since', name);
    case 'newChildren':
      return l10n.t('{0} has got new children since', name);
    case 'exists':
      return l10n.t('somebody has created {0} meanwhile', name);
    case 'noParent':
      return l10n.t('the znode above {0} is gone', name);
    case 'noPermission':
      return l10n.t('no permission at {0}', name);
    case 'readOnly':
      return l10n.t('only reading is possible here');
    case 'quota':
      return l10n.t('a quota above {0} is used up', name);
    case 'connection':
    case 'failed':
      return describeWriteError(error, l10n);
    case 'undoFull':
      return l10n.t('what is lost could not be kept any longer');
    default:
      return assertNever(reason);
  }
}
