import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameReader } from '../../../src/zk/engine/frames';
import { frame } from './traffic';

function collect(limit?: number): { reader: FrameReader; frames: Buffer[] } {
  const frames: Buffer[] = [];
  const reader = new FrameReader((buffer, start, end) => {
    frames.push(Buffer.from(buffer.subarray(start, end)));
  }, limit);
  return { reader, frames };
}

test('finds the same messages, however the stream is cut', () => {
  const message = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }),
      (messages, cuts) => {
        const stream = Buffer.concat(messages.map((one) => frame(one)));
        const { reader, frames } = collect();
        for (let at = 0, i = 0; at < stream.length; i++) {
          const size = cuts[i % cuts.length] ?? 1;
          reader.push(stream.subarray(at, at + size));
          at += size;
        }
        expect(frames.map((one) => one.toString('hex'))).toEqual(
          messages.map((one) => Buffer.from(one).toString('hex')),
        );
      },
    ),
  );
});

test('a message in 10,000 pieces takes linear time', () => {
  const { reader, frames } = collect();
  const stream = frame(Buffer.alloc(20_000_000, 7));
  const start = performance.now();
  for (let at = 0; at < stream.length; at += 2_000) reader.push(stream.subarray(at, at + 2_000));
  expect(frames[0]).toHaveLength(20_000_000);
  expect(performance.now() - start).toBeLessThan(15_000);
});

test('a message within one chunk is not copied', () => {
  const chunk = frame(Buffer.from('abc'));
  let seen: Buffer | undefined;
  new FrameReader((buffer) => (seen = buffer)).push(chunk);
  expect(seen).toBe(chunk);
});

describe('what cannot be a message', () => {
  test.each([
    ['a negative length', Buffer.from('ffffffff', 'hex'), /length -1/],
    ['a length over the limit', Buffer.from('00001001', 'hex'), /4097 bytes is over the limit/],
    ['HTTP', Buffer.from('HTTP/1.0 400 Bad'), /HTTP server/],
    ['a web page', Buffer.from('<html><body>'), /HTTP server/],
    ['SSH', Buffer.from('SSH-2.0-x'), /SSH server/],
    ['a TLS alert', Buffer.from('15030300020228', 'hex'), /TLS/],
  ])('%s', (_, bytes, reason) => {
    expect(() => collect(4096).reader.push(bytes)).toThrow(reason);
    // One byte at a time makes no difference to the verdict.
    const { reader } = collect(4096);
    expect(() => {
      for (const byte of bytes) reader.push(Buffer.from([byte]));
    }).toThrow(expect.objectContaining({ code: 'MarshallingError' }) as Error);
  });

  test('a message of exactly the limit is taken', () => {
    const { reader, frames } = collect(4096);
    reader.push(frame(Buffer.alloc(4096)));
    expect(frames[0]).toHaveLength(4096);
  });
});
