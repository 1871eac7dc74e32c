import { OPEN_ACL } from '../domain/znode/acl';
import type { ZPath } from '../domain/znode/path';
import type { ReadResult, TransactionResult, TransactionStep } from './client';
import type { StepResult, WriteStep } from './engine/multi';
import { ZkError } from './errors';

/** Steps of transactions and bulk reads between the port's terms and the engine's. */

export function toWriteStep(step: TransactionStep): WriteStep {
  if (step.type !== 'create') return step;
  const { type, path, data, mode = 'persistent', acl = OPEN_ACL, ttlMs } = step;
  return { type, path, data, mode, acl, ...(ttlMs !== undefined && { ttlMs }) };
}

export function toTransactionResult(result: StepResult): TransactionResult {
  switch (result.type) {
    case 'created':
      return { type: 'created', path: result.path as ZPath };
    case 'set':
      return { type: 'set', stat: result.stat };
    case 'deleted':
    case 'checked':
      return { type: result.type };
    default:
      throw new ZkError('MarshallingError', `transaction: a result of type ${result.type}`);
  }
}

export function toReadResult(result: StepResult, path: string | undefined): ReadResult {
  switch (result.type) {
    case 'data':
    case 'children':
      return result;
    case 'error':
      return { type: 'error', error: ZkError.fromServer(result.serverCode, 'read', path) };
    default:
      throw new ZkError('MarshallingError', `multiRead: a result of type ${result.type}`);
  }
}
