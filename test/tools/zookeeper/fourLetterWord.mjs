// @ts-check
import { connect } from 'node:net';

/**
 * Sends one of ZooKeeper's four letter words (`ruok`, `srvr`, `mntr`, `cons`, `wchs`, …) and
 * resolves with the whole answer. Rejects when nobody listens or the answer is late, as it is from
 * a frozen server: the limit is for the exchange as a whole.
 * @param {string} host
 * @param {number} port
 * @param {string} word
 * @param {number} [timeoutMs]
 * @returns {Promise<string>}
 */
export function fourLetterWord(host, port, word, timeoutMs = 1000) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port }, () => socket.write(word));
    const timer = setTimeout(() => {
      socket.destroy(new Error(`${host}:${port} did not answer "${word}" in ${timeoutMs} ms`));
    }, timeoutMs);
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (text) => (answer += String(text)));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
    socket.on('close', () => {
      clearTimeout(timer);
      reject(new Error(`${host}:${port} closed the connection without an answer to "${word}"`));
    });
  });
}

/**
 * What a server says it is, or undefined while it does not serve (down, frozen, looking for a
 * leader).
 * @typedef {'standalone' | 'leader' | 'follower' | 'observer' | 'read-only'} ServerMode
 */

const MODE = /^Mode: (standalone|leader|follower|observer|read-only)$/m;

/**
 * @param {string} host
 * @param {number} port
 * @param {number} [timeoutMs]
 * @returns {Promise<ServerMode | undefined>}
 */
export async function serverMode(host, port, timeoutMs) {
  const answer = await fourLetterWord(host, port, 'srvr', timeoutMs).catch(() => '');
  return /** @type {ServerMode | undefined} */ (MODE.exec(answer)?.[1]);
}
