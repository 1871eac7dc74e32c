import { connect, type NetConnectOpts } from 'node:net';

const SILENCE_MS = 20_000;
/** Requests under way; HAProxy answers 400 somewhere in a pipeline much longer than its buffer. */
const WINDOW = 20;

/**
 * Sends requests, many at a time, and collects the answers.
 * @param request bytes of each key's request
 * @param answer matches one answer in the stream, its first group being the value; global
 * @returns one value per key, in order
 */
export function pipeline(
  address: NetConnectOpts,
  keys: readonly Uint8Array[],
  request: (key: Uint8Array) => Uint8Array,
  answer: RegExp,
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    const values: string[] = [];
    let rest = '';
    const fail = (why: string): void => {
      socket.destroy();
      const where = `${values.length} of ${keys.length} answers`;
      reject(new Error(`${why} after ${where}, then: ${rest.slice(0, 500)}`));
    };
    socket.setTimeout(SILENCE_MS, () => fail('silence'));
    socket.once('error', (error) => fail(error.message));
    socket.once('end', () => fail('end'));
    socket.setEncoding('latin1');
    socket.on('data', (data) => {
      rest += String(data);
      let end = 0;
      for (const match of rest.matchAll(answer)) {
        values.push(match[1] ?? '');
        end = match.index + match[0].length;
      }
      rest = rest.slice(end);
      if (values.length === keys.length) {
        socket.destroy();
        resolve(values);
      } else if (values.length === sent) send();
    });
    let sent = 0;
    const send = (): void => {
      const window = keys.slice(sent, sent + WINDOW);
      sent += window.length;
      socket.write(Buffer.concat(window.map(request)));
    };
    send();
  });
}

/** Calls `work` for all, at most `limit` at a time; results in the order of the items. */
export async function inParallel<T, R>(
  limit: number,
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}

/**
 * The request of an HTTP/1.1 client that chooses a group of servers and sends a key, raw, as a
 * header or as what it asks for.
 */
export function httpRequest(
  group: string,
  keyIs: 'header' | 'uri' = 'header',
): (key: Uint8Array) => Uint8Array {
  const rest = ` HTTP/1.1\r\nHost: test\r\nX-Group: ${group}\r\n`;
  const [before, after] = keyIs === 'uri' ? ['GET ', rest] : [`GET /${rest}X-Key: `, '\r\n'];
  return (key) => Buffer.concat([Buffer.from(before), key, Buffer.from(`${after}\r\n`)]);
}
