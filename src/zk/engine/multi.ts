import type { ZnodeStat } from '../../domain/znode/stat';
import { assertNever } from '../../base/assert';
import { ZkError } from '../errors';
import type { JuteReader } from './juteReader';
import type { JuteWriter } from './juteWriter';
import type { Operation } from './operation';
import { createOf, writePathAndVersion, type CreateArgs } from './operations';
import { OpCode } from './protocol';
import { readStat, readStrings } from './records';

/** Steps of a transaction: all take effect, or none (`MultiOperationRecord`, `MultiResponse`). */
export type WriteStep =
  | ({ readonly type: 'create' } & CreateArgs)
  | { readonly type: 'delete' | 'check'; readonly path: string; readonly version: number }
  | {
      readonly type: 'setData';
      readonly path: string;
      readonly data: Uint8Array;
      readonly version: number;
    };

export type ReadStep = { readonly type: 'getData' | 'getChildren'; readonly path: string };

export type StepResult =
  | { readonly type: 'created'; readonly path: string; readonly stat?: ZnodeStat }
  | { readonly type: 'deleted' }
  | { readonly type: 'checked' }
  | { readonly type: 'set'; readonly stat: ZnodeStat }
  | { readonly type: 'data'; readonly data: Uint8Array; readonly stat: ZnodeStat }
  | { readonly type: 'children'; readonly names: string[] }
  | { readonly type: 'error'; readonly serverCode: number };

/**
 * A multi request whose steps failed answers OK in its header and tells the code of every step: 0
 * for those before the failing one, RuntimeInconsistency for those after it.
 */
export const multi: Operation<readonly WriteStep[], StepResult[]> = {
  opCode: OpCode.multi,
  name: 'multi',
  path: (steps) => steps[0]?.path,
  write: writeSteps,
  read: readResults,
};

export const multiRead: Operation<readonly ReadStep[], StepResult[]> = {
  opCode: OpCode.multiRead,
  name: 'multiRead',
  path: (steps) => steps[0]?.path,
  write: writeSteps,
  read: readResults,
};

/** The error of the step that made a transaction fail, if it did. */
export function failureOf(
  steps: readonly (WriteStep | ReadStep)[],
  results: readonly StepResult[],
): ZkError | undefined {
  const index = results.findIndex((result) => result.type === 'error' && result.serverCode !== 0);
  const [step, result] = [steps[index], results[index]];
  if (step === undefined || result?.type !== 'error') return undefined;
  return ZkError.fromServer(result.serverCode, `step ${index + 1} (${step.type})`, step.path);
}

function writeSteps(w: JuteWriter, steps: readonly (WriteStep | ReadStep)[]): void {
  for (const step of steps) {
    writeMultiHeader(w, opCodeOf(step), false);
    writeStep(w, step);
  }
  writeMultiHeader(w, -1, true);
}

function writeMultiHeader(w: JuteWriter, opCode: number, done: boolean): void {
  w.int(opCode);
  w.bool(done);
  w.int(-1);
}

function opCodeOf(step: WriteStep | ReadStep): number {
  return step.type === 'create' ? createOf(step.mode).opCode : OpCode[step.type];
}

function writeStep(w: JuteWriter, step: WriteStep | ReadStep): void {
  switch (step.type) {
    case 'create': {
      createOf(step.mode).write(w, step);
      return;
    }
    case 'delete':
    case 'check': {
      writePathAndVersion(w, step);
      return;
    }
    case 'setData':
      w.path(step.path);
      w.bytes(step.data);
      {
        w.int(step.version);
        return;
      }
    case 'getData':
    case 'getChildren':
      w.path(step.path);
      {
        w.bool(false);
        return;
      }
    default:
      return assertNever(step);
  }
}

function readResults(r: JuteReader): StepResult[] {
  const results: StepResult[] = [];
  for (;;) {
    const type = r.int();
    const done = r.bool();
    r.int();
    if (done) return results;
    results.push(readResult(r, type));
  }
}

function readResult(r: JuteReader, type: number): StepResult {
  switch (type) {
    case OpCode.create:
      return { type: 'created', path: r.path() };
    case OpCode.create2:
      return { type: 'created', path: r.path(), stat: readStat(r) };
    case OpCode.delete:
      return { type: 'deleted' };
    case OpCode.check:
      return { type: 'checked' };
    case OpCode.setData:
      return { type: 'set', stat: readStat(r) };
    case OpCode.getData:
      return { type: 'data', data: r.bytes(), stat: readStat(r) };
    case OpCode.getChildren:
      return { type: 'children', names: readStrings(r) };
    case OpCode.error:
      return { type: 'error', serverCode: r.int() };
    default:
      throw new ZkError('MarshallingError', `multi: result of type ${type}`);
  }
}
