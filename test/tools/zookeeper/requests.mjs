// @ts-check

/**
 * One request as a client sent it. The first frame of a connection is the handshake: it has no
 * header, so its type is `connect` and its xid 0.
 * @typedef {object} SeenRequest
 * @property {number} connection counted from 1
 * @property {'connect' | number} type an opcode, e.g. 4 getData, 11 ping, 101 setWatches
 * @property {number} xid
 * @property {number} length of the frame's body, bytes
 */

/** More than any sane frame: what comes is not ZooKeeper's protocol (TLS, say), so stop reading. */
const NOT_A_FRAME = 256 * 1024 * 1024;

/**
 * Reads what a client sends and reports each request; feed it the chunks in order.
 * @param {number} connection
 * @param {(request: SeenRequest) => void} report
 * @returns {(chunk: Buffer) => void}
 */
export function requestReader(connection, report) {
  /** Start of the frame now arriving: its length word and header are all that matters. */
  let head = Buffer.alloc(0);
  let received = 0;
  let isFirst = true;
  let isLost = false;

  /** @param {Buffer} chunk */
  return (chunk) => {
    let rest = chunk;
    while (rest.length > 0 && !isLost) {
      if (head.length < 4) {
        const taken = rest.subarray(0, 4 - head.length);
        head = Buffer.concat([head, taken]);
        received = head.length;
        rest = rest.subarray(taken.length);
        if (head.length < 4) return;
      }
      const length = head.readInt32BE(0);
      if (length < 8 || length > NOT_A_FRAME) isLost = true;
      const body = rest.subarray(0, 4 + length - received);
      if (head.length < 12) head = Buffer.concat([head, body.subarray(0, 12 - head.length)]);
      received += body.length;
      rest = rest.subarray(body.length);
      if (isLost || received < 4 + length) continue;
      report({
        connection,
        type: isFirst ? 'connect' : head.readInt32BE(8),
        xid: isFirst ? 0 : head.readInt32BE(4),
        length,
      });
      isFirst = false;
      head = Buffer.alloc(0);
    }
  };
}
