import type { Readable } from 'node:stream';

/**
 * How long one turn of the event loop may go on with what the server sent: a flood of replies lets
 * timers and other connections have their turns.
 */
const TURN_MS = 8;

/**
 * Hands on the chunks of a stream, pausing it until the next turn of the event loop when the share
 * of this one is used up. What callers do after a reply counts as well: it runs between two chunks.
 */
export function pace(stream: Readable, onChunk: (chunk: Buffer) => void): void {
  let turnStart: number | undefined;
  const nextTurn = (): void => {
    turnStart = undefined;
    if (stream.isPaused()) stream.resume();
  };
  stream.on('data', (chunk: Buffer) => {
    if (turnStart === undefined) {
      turnStart = performance.now();
      setImmediate(nextTurn);
    }
    onChunk(chunk);
    if (performance.now() - turnStart >= TURN_MS) stream.pause();
  });
}
