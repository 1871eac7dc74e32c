import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../../src/zk/exactJson';
import { parseDump, pingsOf, readConnections } from '../../../src/zk/ensemble/clients';

/** Answers of a real 3.8.0. */
const DUMP = `SessionTracker dump:
Session Sets (1)/(1):
1 expire at Wed Nov 25 21:17:05 UTC 2026:
	0x3000017db780000
ephemeral nodes dump:
Sessions with Ephemerals (2):
0x3000017db780000:
	/x
	/services/web/a b
0xff00a1b2c3d4e5f7:
	/y
Connections dump:
Connections Sets (2)/(2):
1 expire at Wed Nov 25 21:16:51 UTC 2026:
	ip: /127.0.0.1:57642 sessionId: 0x0
`;
const CONNECTIONS = `{"connections":[{"remote_socket_address":"127.0.0.1:57604","interest_ops":1,
"outstanding_requests":0,"packets_received":2,"packets_sent":2,"session_id":216172884580106240,
"last_operation":"CREA","established":1795641395129,"session_timeout":30000,"last_cxid":1}],
"secure_connections":[],"command":"connections","error":null}`;

describe('dump', () => {
  it('has the ephemerals of each session', () => {
    expect([...parseDump(DUMP)]).toEqual([
      [0x3000017db780000n, ['/x', '/services/web/a b']],
      [BigInt.asIntN(64, 0xff00a1b2c3d4e5f7n), ['/y']],
    ]);
  });

  it('has none where it is something else', () => {
    expect(parseDump('dump is not executed because it is not in the whitelist.').size).toBe(0);
    expect(parseDump(`Sessions with Ephemerals (9):\n${'\t/x\n'.repeat(1000)}`).size).toBe(0);
  });
});

describe('connections of the AdminServer', () => {
  it('keep session ids that no number holds', () => {
    const answer = parseExactJson(CONNECTIONS) as Record<string, unknown>;
    expect(readConnections(answer, 's1')).toEqual([
      {
        ...{ id: 216172884580106240n, address: '127.0.0.1:57604', server: 's1' },
        ...{ timeoutMs: 30_000, lastOperation: 'CREA', queued: 0, received: 2 },
      },
    ]);
  });

  it.each([
    {},
    { connections: 'x' },
    { connections: [null, 5, {}, { session_id: 'x' }, { session_id: 0 }] },
  ])('are none in %j', (answer) => {
    expect(readConnections(answer, 's1')).toEqual([]);
  });
});

it('sessions ping three times in their timeout', () => {
  const session = { id: 1n, address: 'a', server: 's', lastOperation: undefined };
  const rest = { queued: undefined, received: undefined };
  const timeouts = [12_000, 30_000, 40_000, undefined, 0];
  const sessions = timeouts.map((timeoutMs) => ({ ...session, ...rest, timeoutMs }));
  expect(60 * pingsOf(sessions)).toBeCloseTo(15 + 6 + 4.5, 9);
});
