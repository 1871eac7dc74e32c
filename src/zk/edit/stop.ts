import type { ZPath } from '../../domain/znode/path';
import { ZkError, type ZkErrorCode } from '../errors';
import { isOutcomeUnknown } from './undo';

/**
 * Why a change of many znodes ended before its end.
 *
 * - `changed`, `recreated`, `newChildren`, `exists`, `noParent`: not what we saw, so look again
 * - `noPermission`, `readOnly`, `quota`: refused by the server or, `readOnly`, by us
 * - `connection`: lost, expired, closed, or no answer in time
 * - `undoFull`: what is lost could not be kept any longer
 */
export type StopReason =
  | 'cancelled'
  | 'changed'
  | 'recreated'
  | 'newChildren'
  | 'exists'
  | 'noParent'
  | 'noPermission'
  | 'readOnly'
  | 'quota'
  | 'connection'
  | 'undoFull'
  | 'failed';

export interface Stop {
  readonly reason: StopReason;
  /** Of the znode where it ended, where that matters. */
  readonly path?: ZPath;
  readonly error?: unknown;
}

const REASONS: Partial<Record<ZkErrorCode, StopReason>> = {
  BadVersion: 'changed',
  NotEmpty: 'newChildren',
  NodeExists: 'exists',
  NoNode: 'noParent',
  NoAuth: 'noPermission',
  NotReadOnly: 'readOnly',
  QuotaExceeded: 'quota',
};

/** What a write that failed so means for the change that it is part of. */
export function stopFor(error: unknown): Stop {
  if (error instanceof Error && error.name === 'AbortError') return { reason: 'cancelled' };
  if (!(error instanceof ZkError)) return { reason: 'failed', error };
  if (isOutcomeUnknown(error)) return { reason: 'connection', error };
  const reason = REASONS[error.code] ?? 'failed';
  return { reason, error, ...(error.path !== undefined && { path: error.path as ZPath }) };
}
