import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Capabilities } from '../../../src/zk/engine/capabilities';
import type { Connection } from '../../../src/zk/engine/connection';
import { getData } from '../../../src/zk/engine/operations';
import { Outbox } from '../../../src/zk/engine/outbox';
import { Request } from '../../../src/zk/engine/request';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A connection that keeps count of what it was given, and an outbox on it. */
function openOutbox() {
  const flushed: number[] = [];
  let collected = 0;
  const connection = {
    isWritable: true,
    inFlightCount: 0,
    collectedBytes: 0,
    send: () => {
      collected++;
      connection.inFlightCount++;
      return true;
    },
    flush: () => {
      if (collected > 0) flushed.push(collected);
      collected = 0;
    },
    pending: () => [],
  };
  const outbox = new Outbox(new Capabilities());
  outbox.attach(connection as unknown as Connection, 'server');
  const push = (count: number): void => {
    for (let i = 0; i < count; i++) {
      const args = { path: '/a', watch: false };
      outbox.push(new Request(getData, args, () => {}, Infinity) as unknown as Request);
    }
  };
  const nextTurn = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1);
  return { outbox, connection, flushed, push, nextTurn };
}

test('requests of one turn travel together', async () => {
  const { outbox, flushed, push, nextTurn } = openOutbox();
  push(3);
  push(2);
  expect(flushed).toEqual([]);
  await nextTurn();
  expect(flushed).toEqual([5]);
  outbox.dispose();
});

test('what follows single replies of a busy server waits until it is worth a write', async () => {
  const { outbox, connection, flushed, push, nextTurn } = openOutbox();
  push(64);
  await nextTurn();
  for (let reply = 1; reply <= 32; reply++) {
    connection.inFlightCount--;
    push(1);
    outbox.replied();
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(flushed).toEqual([64, 32]);
  outbox.dispose();
});

test('nothing stays behind when the server has answered', async () => {
  const { outbox, connection, flushed, push, nextTurn } = openOutbox();
  push(20);
  await nextTurn();
  push(1);
  await nextTurn();
  expect(flushed).toEqual([20]);
  connection.inFlightCount = 15;
  outbox.replied();
  await nextTurn();
  expect(flushed).toEqual([20, 1]);
  outbox.dispose();
});

test('a server that has stopped answering gets the rest at the next sweep', async () => {
  const { outbox, flushed, push, nextTurn } = openOutbox();
  push(20);
  await nextTurn();
  push(1);
  await vi.advanceTimersByTimeAsync(60);
  expect(flushed).toEqual([20, 1]);
  outbox.dispose();
});
