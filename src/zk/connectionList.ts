import { hexOf, linesOf, numberOf } from './serverText';

/**
 * A client's connection, as `cons` (in full) and `stat` (in brief) list it. Without a session, as
 * for the one that asks, only the counters are known.
 */
export interface ServerConnection {
  /** `10.0.0.7:51724`, `[::1]:51724`; `null` once the client is gone. */
  readonly address: string;
  /** Requests waiting, packets received and sent. */
  readonly queued: number | undefined;
  readonly received: number | undefined;
  readonly sent: number | undefined;
  readonly sessionId: bigint | undefined;
  readonly sessionTimeoutMs: number | undefined;
  /** Milliseconds since 1970. */
  readonly establishedAt: number | undefined;
  readonly lastResponseAt: number | undefined;
  /** `PING`, `GETD`, `SETD`, …; `NA` before the first. */
  readonly lastOperation: string | undefined;
  /** -1 when there was none. */
  readonly lastZxid: bigint | undefined;
  readonly lastLatencyMs: number | undefined;
  readonly minLatencyMs: number | undefined;
  readonly avgLatencyMs: number | undefined;
  readonly maxLatencyMs: number | undefined;
}

/** ` /127.0.0.1:51724[1](queued=0,recved=4,…)`, from `ServerCnxn.dumpConnectionInfo` */
const LINE = /^\s?(\S+)\[[0-9a-f]{1,8}\]\(([^()]*)\)\s*$/;

/** Reads `cons`, and the clients of `stat`; other lines are passed by. */
export function parseCons(text: string): ServerConnection[] {
  const connections: ServerConnection[] = [];
  for (const line of linesOf(text)) {
    const [, address, fields] = LINE.exec(line) ?? [];
    if (address !== undefined && fields !== undefined) {
      connections.push(connectionOf(address, fields));
    }
  }
  return connections;
}

function connectionOf(address: string, text: string): ServerConnection {
  const fields = new Map<string, string>();
  for (const field of text.split(',', 40)) {
    const at = field.indexOf('=');
    if (at > 0) fields.set(field.slice(0, at), field.slice(at + 1));
  }
  const number = (key: string): number | undefined => numberOf(fields.get(key));
  return {
    // Java writes `name/address:port`, mostly without the name.
    address: address.slice(address.indexOf('/') + 1),
    queued: number('queued'),
    received: number('recved'),
    sent: number('sent'),
    sessionId: hexOf(fields.get('sid')),
    sessionTimeoutMs: number('to'),
    establishedAt: number('est'),
    lastResponseAt: number('lresp'),
    lastOperation: fields.get('lop'),
    lastZxid: hexOf(fields.get('lzxid')),
    lastLatencyMs: number('llat'),
    minLatencyMs: number('minlat'),
    avgLatencyMs: number('avglat'),
    maxLatencyMs: number('maxlat'),
  };
}
