import { connect, type NetConnectOpts } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const SILENCE_MS = 20_000;
/** Requests under way; HAProxy answers 400 somewhere in a pipeline much longer than its buffer. */
const WINDOW = 20;
/** Connections in a row that bring no answer, and how much longer each is waited for the next. */
const FRUITLESS = 5;
const PAUSE_MS = 100;

/**
 * Sends requests, many at a time, and collects the answers. A server may close a connection between
 * two answers (RFC 9112 §9.3.1): what has none yet is sent again.
 * @param request bytes of each key's request
 * @param answer matches one answer in the stream, its first group being the value; global
 * @returns one value per key, in order
 */
export async function pipeline(
  address: NetConnectOpts,
  keys: readonly Uint8Array[],
  request: (key: Uint8Array) => Uint8Array,
  answer: RegExp,
): Promise<string[]> {
  const values: string[] = [];
  for (let fruitless = 0; values.length < keys.length;) {
    const requests = keys.slice(values.length).map(request);
    const { values: found, rest } = await converse(address, requests, answer);
    values.push(...found);
    fruitless = found.length === 0 ? fruitless + 1 : 0;
    if (fruitless === FRUITLESS) {
      const end = `closed after ${values.length} of ${keys.length}`;
      throw new Error(`${end}, then: ${rest.slice(0, 500)}`);
    }
    await sleep(fruitless * PAUSE_MS);
  }
  return values;
}

/** Answers on one connection, fewer than requests where the server closes it, and what came after. */
function converse(
  address: NetConnectOpts,
  requests: readonly Uint8Array[],
  answer: RegExp,
): Promise<{ values: string[]; rest: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    const values: string[] = [];
    let [sent, rest] = [0, ''];
    const end = (): void => {
      socket.destroy();
      resolve({ values, rest });
    };
    const fail = (why: string): void => {
      socket.destroy();
      const where = `${values.length} of ${requests.length} answers`;
      reject(new Error(`${why} after ${where}, then: ${rest.slice(0, 500)}`));
    };
    const send = (): void => {
      const window = requests.slice(sent, sent + WINDOW);
      sent += window.length;
      socket.write(Buffer.concat(window));
    };
    socket.setTimeout(SILENCE_MS, () => fail('silence'));
    socket.once('error', (error) => fail(error.message));
    socket.once('end', end);
    socket.setEncoding('latin1');
    socket.on('data', (data) => {
      rest += String(data);
      let read = 0;
      for (const match of rest.matchAll(answer)) {
        values.push(match[1] ?? '');
        read = match.index + match[0].length;
      }
      rest = rest.slice(read);
      if (values.length === requests.length) end();
      else if (values.length === sent) send();
    });
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
