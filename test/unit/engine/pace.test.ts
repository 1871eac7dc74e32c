import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { pace } from '../../../src/zk/engine/pace';

test('a flood of chunks is handled in order, a few in each turn of the event loop', async () => {
  const stream = new PassThrough({ highWaterMark: 1 << 20 });
  const seen: number[] = [];
  let inTurn = 0;
  let mostInTurn = 0;
  pace(stream, ([first = 0]) => {
    seen.push(first);
    mostInTurn = Math.max(mostInTurn, ++inTurn);
    const until = performance.now() + 5;
    while (performance.now() < until);
  });
  const expected = Array.from({ length: 20 }, (_, index) => index);
  for (const index of expected) stream.write(Buffer.of(index));
  while (seen.length < expected.length) {
    await new Promise((resolve) => setImmediate(resolve));
    inTurn = 0;
  }
  expect(seen).toEqual(expected);
  expect(mostInTurn).toBeLessThanOrEqual(4);
});
