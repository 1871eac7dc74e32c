import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ZkError } from '../../../src/zk/errors';
import { ClosedByServer, Connection } from '../../../src/zk/engine/connection';
import { NO_SESSION } from '../../../src/zk/engine/handshake';
import { settle } from '../../../src/zk/engine/reply';
import { Request } from '../../../src/zk/engine/request';
import { Watches } from '../../../src/zk/engine/watches';
import { body, frame, replyHeader, samples, type Sample } from './traffic';

/** How many damaged streams are tried; `ZK_FUZZ_RUNS` asks for more. */
const RUNS = Number(process.env['ZK_FUZZ_RUNS'] ?? 100_000);
const FRAME_LIMIT = 1 << 20;
/** What the memory in use may grow by while they are; it hardly does when nothing is kept. */
const GROWTH_BYTES = 60e6;

/** As much of a socket as a connection sees, without a network. */
class FakeSocket extends EventEmitter {
  readonly writableNeedDrain = false;
  setNoDelay(): void {}
  write(): boolean {
    return true;
  }
  destroy(): void {}
  pause(): void {}
  resume(): void {}
  isPaused(): boolean {
    return false;
  }
}

interface Outcome {
  readonly settled: number[];
  readonly errors: unknown[];
  readonly closed: Error[];
}

/** Feeds a stream to a connection that waits for the replies to these requests, then ends it. */
function feed(asked: readonly Sample[], stream: Buffer, cut: number): Outcome {
  const socket = new FakeSocket();
  const watches = new Watches();
  const outcome: Outcome = { settled: asked.map(() => 0), errors: [], closed: [] };
  const connection = new Connection(
    socket as unknown as Socket,
    {
      onConnectReply() {},
      onReply: (request, code, reader) => settle(request, code, reader, watches),
      onEvent: (type, path) => void watches.fired(type, path),
      onDrain() {},
      onClosed(cause) {
        outcome.closed.push(cause);
        for (const request of connection.unanswered()) request.failWith('ConnectionLoss', 'lost');
      },
    },
    { frameBytes: FRAME_LIMIT, requestBytes: FRAME_LIMIT },
    { session: NO_SESSION, lastZxid: 0n, timeoutMs: 1, readOnly: false },
    '',
  );
  asked.forEach(({ operation, args }, index) => {
    const callback = (error?: Error): void => {
      outcome.settled[index] = (outcome.settled[index] ?? 0) + 1;
      if (error) outcome.errors.push(error);
    };
    connection.send(new Request(operation, args, callback, Infinity));
  });
  socket.emit('data', stream.subarray(0, cut));
  socket.emit('data', stream.subarray(cut));
  socket.emit('close');
  return outcome;
}

/** The stream with which a server answers these requests, with an event among the replies. */
function answers(asked: readonly Sample[]): Buffer {
  const replies = asked.map(({ reply }, index) => frame(replyHeader(index + 1), reply));
  const event = frame(replyHeader(-1), body('event'));
  return Buffer.concat([frame(body('greeting')), event, ...replies]);
}

type Damage = { readonly at: number; readonly kind: number; readonly value: number };

function damaged(stream: Buffer, damages: readonly Damage[]): Buffer {
  let bytes = Buffer.from(stream);
  for (const { at, kind, value } of damages) {
    const position = Math.floor(at * bytes.length);
    if (bytes.length < 8) break;
    if (kind === 0) bytes[position] = value & 0xff;
    else if (kind === 1) bytes.writeInt32BE(value, Math.min(position, bytes.length - 4));
    else if (kind === 2) bytes = bytes.subarray(0, position);
    else if (kind === 3)
      bytes = Buffer.concat([bytes.subarray(0, position), bytes.subarray(position + (value & 7))]);
    else bytes = Buffer.concat([bytes.subarray(0, position), bytes.subarray(position >> 1)]);
  }
  return bytes;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Without what is only left for the collector, which other tests of the process leave too. */
function bytesInUse(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

test('undamaged, every request succeeds', () => {
  const outcome = feed(samples, answers(samples), 10);
  expect(outcome.errors).toEqual([]);
  expect(outcome.settled).toEqual(samples.map(() => 1));
});

test(`${RUNS} damaged streams: typed errors, each request settled once, bounded memory`, async () => {
  const interesting = fc.constantFrom(-1, -2, 0, 1, 0x7fffffff, -(2 ** 31), 0x100000, 65_536, 255);
  const damage = fc.record({
    at: fc.double({ min: 0, max: 0.999, noNaN: true }),
    kind: fc.nat({ max: 4 }),
    value: fc.oneof(interesting, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  });
  const asked = fc.array(fc.constantFrom(...samples), { minLength: 1, maxLength: 4 });
  const cut = fc.nat({ max: 400 });
  const before = bytesInUse();
  let largest = 0;
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(
      asked,
      fc.array(damage, { minLength: 1, maxLength: 3 }),
      cut,
      async (requests, damages, at) => {
        if (++runs % 1_000 === 0) {
          await nextTurn(); // what the connections left for it would pile up
          if (runs % 10_000 === 0) largest = Math.max(largest, bytesInUse());
        }
        const outcome = feed(requests, damaged(answers(requests), damages), at);
        if (outcome.settled.some((times) => times !== 1)) throw new Error('not settled once');
        if (outcome.closed.length !== 1) throw new Error('not closed once');
        for (const error of outcome.errors) if (!(error instanceof ZkError)) throw error as Error;
        const [cause] = outcome.closed;
        if (cause instanceof ZkError || cause instanceof ClosedByServer) return;
        throw new Error('closed for another reason', { cause });
      },
    ),
    { numRuns: RUNS },
  );
  expect(runs).toBeGreaterThanOrEqual(RUNS);
  expect(largest - before).toBeLessThan(GROWTH_BYTES);
}, 240_000);
