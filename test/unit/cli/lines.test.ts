import { describe, expect, it } from 'vitest';
import { MAX_LINE_BYTES, readLines } from '../../../src/cli/lines';

/** The lines of a text that arrives in pieces of `size` bytes. */
async function linesOf(text: string | Uint8Array, size = Infinity): Promise<string[]> {
  const bytes = Buffer.from(text);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  const lines: string[] = [];
  const add = (line: Uint8Array, number: number): void => {
    lines.push(Buffer.from(line).toString('latin1'));
    expect(number).toBe(lines.length);
  };
  await readLines(streamOf(pieces), add, () => Promise.resolve());
  return lines;
}

async function* streamOf(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) yield await Promise.resolve(piece);
}

describe('readLines', () => {
  it.each([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\r\nb\r', ['a', 'b']],
    ['\n\na\n\n', ['', '', 'a', '']],
    ['\r\n', ['']],
    ['\ra\rb\n', ['\ra\rb']],
    ['a\r\r\n', ['a\r']],
  ])('splits %j', async (text, expected) => {
    expect(await linesOf(text)).toEqual(expected);
  });

  it('gives the same lines however the bytes arrive', async () => {
    const long = ['x'.repeat(255), 'y'.repeat(256), 'z'.repeat(257), 'w'.repeat(70_000)];
    const text = ['a', '', 'bc', ...long, 'end'].join('\r\n');
    const whole = await linesOf(text);
    expect(whole).toEqual(['a', '', 'bc', ...long, 'end']);
    for (const size of [1, 2, 3, 64, 4096]) expect(await linesOf(text, size)).toEqual(whole);
  });

  it('leaves bytes as they are, whether they are UTF-8 or not', async () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i).filter((byte) => byte !== 0x0a);
    expect(await linesOf(all)).toEqual([Buffer.from(all).toString('latin1')]);
  });

  it('refuses a line that is too long, and no other', async () => {
    const limit = 'x'.repeat(MAX_LINE_BYTES);
    expect(await linesOf(`a\n${limit}\nb`, 65_536)).toHaveLength(3);
    await expect(linesOf(`a\n${limit}x\nb`, 65_536)).rejects.toThrow(
      'line 2 of the keys is longer',
    );
    await expect(linesOf(`a\nb\n${limit}x`, 65_536)).rejects.toThrow(
      'line 3 of the keys is longer',
    );
  });

  it('stops reading in the middle of an endless line', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) {
        given += 65_536;
        yield await Promise.resolve(Buffer.alloc(65_536, 'x'));
      }
    }
    const read = readLines(
      endless(),
      () => undefined,
      () => Promise.resolve(),
    );
    await expect(read).rejects.toThrow('line 1 of the keys');
    expect(given).toBeLessThanOrEqual(MAX_LINE_BYTES + 65_536);
  });

  it('waits for what is done after each chunk', async () => {
    const order: string[] = [];
    async function* source(): AsyncGenerator<Buffer> {
      for (const text of ['a\n', 'b\n']) {
        order.push(`give ${text.trim()}`);
        yield await Promise.resolve(Buffer.from(text));
      }
    }
    await readLines(
      source(),
      (line) => order.push(`line ${Buffer.from(line).toString()}`),
      async () => {
        await Promise.resolve();
        order.push('done');
      },
    );
    expect(order).toEqual(['give a', 'line a', 'done', 'give b', 'line b', 'done', 'done']);
  });
});
