import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OpCode } from '../../src/zk/engine/protocol';
import type { JuteWriter } from '../../src/zk/engine/juteWriter';
import { closeAll, connected, path, until } from './engineSupport';
import { headerOf, RawClient } from './rawClient';
import { startTestSandbox, type TestSandbox } from './sandboxSupport';

const RUNS = 300;
const SEED = Number(process.env['ZK_SEED'] ?? Date.now() % 1_000_000);
/** Of 1 MB each. */
const GETS = 500;
/** What the server may make and the system may keep of it. */
const ANSWERED = 60;
/** Longer than any machine needs: a client that isn't answered is not heard of either. */
const LONG_SESSION_MS = 40_000;

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(async () => {
  await closeAll();
  await sandbox.stop();
});

const someOpCode = fc.oneof(fc.constantFrom(...Object.values(OpCode)), fc.integer());
const someInt = fc.oneof(fc.constantFrom(-1, 0, 1, 5, 0x7fffffff, -0x80000000), fc.nat(64));
/** Pieces of messages, right and wrong, in any order. */
const somePiece = fc.oneof(
  fc.string({ maxLength: 10 }).map(
    (text) =>
      (w: JuteWriter): void =>
        w.string(text),
  ),
  fc.constantFrom('/', '/a', '/a/b', 'digest', 'world').map((text) => (w: JuteWriter): void => {
    w.string(text);
  }),
  someInt.map(
    (value) =>
      (w: JuteWriter): void =>
        w.int(value),
  ),
  fc.boolean().map(
    (value) =>
      (w: JuteWriter): void =>
        w.bool(value),
  ),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => (w: JuteWriter): void => {
    for (const byte of bytes) w.bool(byte > 127);
  }),
);
const someFrame = fc.tuple(fc.integer(), someOpCode, fc.array(somePiece, { maxLength: 8 }));

async function answers(): Promise<void> {
  const { client } = await connected(sandbox.connectString);
  expect(await client.exists(path('/'))).toBeDefined();
  await client.close();
}

describe('hostile clients', () => {
  test(`frames of any content leave it standing (seed ${SEED})`, async () => {
    const codes = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.array(someFrame, { minLength: 1, maxLength: 12 }), async (frames) => {
        const client = await RawClient.open(sandbox.server.port);
        await client.greet();
        for (const [xid, opCode, pieces] of frames) {
          client.send((w) => {
            w.int(xid);
            w.int(opCode);
            for (const piece of pieces) piece(w);
          });
        }
        client.send((w) => {
          w.int(0);
          w.int(OpCode.closeSession);
        });
        await client.closed();
        for (const message of client.messages) codes.add(headerOf(message).code);
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    expect(sandbox.problems).toEqual([]);
    expect([...codes]).toEqual(expect.arrayContaining([0, -5, -6]));
    await answers();
  }, 60_000);

  test(`bytes of any kind leave it standing (seed ${SEED})`, async () => {
    const someBytes = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.constantFrom('GET / HTTP/1.1\r\n\r\n', '\x16\x03\x01\x02', '\0\0\0\x2d').map((text) => {
        return new Uint8Array(Buffer.from(text, 'latin1'));
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(someBytes, { minLength: 1, maxLength: 4 }), async (chunks) => {
        const client = await RawClient.open(sandbox.server.port);
        for (const chunk of chunks) client.write(chunk);
        client.close();
        await client.closed();
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    await until('all gone', () => sandbox.server.connections.size === 0);
    expect(sandbox.problems).toEqual([]);
    await answers();
  }, 60_000);

  test('a message over the limit, or of negative length, ends the connection', async () => {
    for (const length of [1_048_576, -1, 0x7fffffff]) {
      const client = await RawClient.open(sandbox.server.port);
      await client.greet();
      const prefix = Buffer.alloc(4);
      prefix.writeInt32BE(length);
      client.write(prefix);
      await client.closed();
    }
    await answers();
  });

  test('who asks for much and reads nothing is answered no further, until it reads', async () => {
    const { client: owner } = await connected(sandbox.connectString);
    await owner.create(path('/big'), new Uint8Array(1_000_000));
    const others = new Set(sandbox.server.connections);
    const greedy = await RawClient.open(sandbox.server.port);
    await greedy.greet(undefined, 0n, LONG_SESSION_MS);
    const [connection] = [...sandbox.server.connections].filter((one) => !others.has(one));
    greedy.pause();
    for (let xid = 1; xid <= GETS; xid++) {
      greedy.send((w) => {
        w.int(xid);
        w.int(OpCode.getData);
        w.string('/big');
        w.bool(false);
      });
    }
    await until('requests came', () => (connection?.received ?? 0) > 4);
    // The rest of the world goes on; of 500 MB no more than a few were made.
    for (let round = 0; round < 20; round++) await owner.sync(path('/'));
    expect(connection?.received).toBeLessThan(ANSWERED);
    greedy.resume();
    for (let xid = 1; xid <= 2 * ANSWERED; xid++) {
      const message = await greedy.next();
      expect(message && headerOf(message)).toMatchObject({ xid, code: 0 });
    }
    greedy.close();
    await owner.delete(path('/big'), -1);
  }, 60_000);
});
