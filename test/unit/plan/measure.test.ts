import { expect, it } from 'vitest';
import { factsOf } from '../../../src/ui/plan/live/measure';
import type { ClientSession } from '../../../src/zk/ensemble/clients';

const session = (id: bigint, address: string, timeoutMs: number): ClientSession => ({
  ...{ id, address, timeoutMs, server: 's1' },
  ...{ lastOperation: undefined, queued: undefined, received: undefined },
});

it('takes the sessions of clients for what the plan is for, and not our own', () => {
  const lists = new Map([
    ['s1', [session(1n, '10.0.0.1:5', 30_000), session(2n, '10.0.0.2:5', 90_000)]],
    ['s2', undefined],
  ]);
  expect(factsOf(lists, 1n)).toEqual({ shortestTimeoutMs: 90_000, mostPerAddress: 1 });
  expect(factsOf(lists, undefined)).toEqual({ shortestTimeoutMs: 30_000, mostPerAddress: 1 });
  expect(factsOf(new Map(), 1n)).toEqual({
    shortestTimeoutMs: undefined,
    mostPerAddress: undefined,
  });
});
