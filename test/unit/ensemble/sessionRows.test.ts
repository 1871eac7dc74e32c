import { describe, expect, it } from 'vitest';
import { AskedClients } from '../../../src/ui/ensemble/askedClients';
import type { SessionNode, SessionsNode, TreeNode } from '../../../src/ui/ensemble/nodes';
import { type Clients, ephemeralRows, rowsOf } from '../../../src/ui/ensemble/sessionRows';
import type { ClientSession } from '../../../src/zk/ensemble/clients';
import type { EnsembleSampler, Reading } from '../../../src/zk/ensemble/sampler';
import { englishL10n as l10n } from '../../fakes/userInput';
import { answered, ensembleAt, unreachable } from '../metrics/samples';
import { ensembleWindow } from '../../../src/domain/metrics/ensembleWindow';

const ensemble = { kind: 'ensemble', connectionId: 'x' } as const;
const server = { kind: 'server', connectionId: 'x', parent: ensemble, address: 's1' } as const;
const node: SessionsNode = { kind: 'sessions', connectionId: 'x', parent: server };

const session = (id: bigint, address: string): ClientSession => ({
  ...{ id, address, server: 's1', timeoutMs: 4_000, lastOperation: undefined },
  ...{ queued: 0, received: 1 },
});
const clientsOf = (sessions: ClientSession[], owned: Record<string, string[]> = {}): Clients => ({
  sessions: { kind: 'known', value: sessions },
  owned: {
    kind: 'known',
    value: new Map(Object.entries(owned).map(([id, paths]) => [BigInt(id), paths])),
  },
});
const REFUSED: Clients = {
  sessions: { kind: 'refused', refusal: { source: 'cons', reason: 'no', remedy: undefined } },
  owned: { kind: 'known', value: new Map() },
};
const named = (rows: readonly TreeNode[]) =>
  rows.map((row) =>
    row.kind === 'session'
      ? `${row.session.address}${row.isOurs ? ' ours' : ''}`
      : row.kind === 'ephemeral'
        ? `${row.fullPath} ${row.path ?? 'outside'}`
        : row.kind === 'note' && row.text,
  );

describe('the rows of sessions', () => {
  const rows = (clients: Clients, ours?: bigint) =>
    rowsOf(node, clients, { ours, latest: undefined }, l10n);

  it('begin with who owns most, and mark our own', () => {
    const sessions = [session(1n, 'a:10'), session(2n, 'a:9'), session(3n, 'a:1')];
    const clients = clientsOf(sessions, { 1: ['/x'], 2: ['/y'], 3: [] });
    expect(named(rows(clients, 3n))).toEqual(['a:9', 'a:10', 'a:1 ours']);
  });

  it('say how many are not shown', () => {
    const many = Array.from({ length: 1_200 }, (_, i) => session(BigInt(i), `a:${i}`));
    expect(named(rows(clientsOf(many))).at(-1)).toBe('and 200 more');
    expect(named(rows(clientsOf([])))).toEqual(['no client is connected to this server']);
  });

  it('list what a session owns by name, and how many more there are', () => {
    const paths = Array.from({ length: 10_000 }, (_, i) => `/app/m-${10_000 - i}`);
    const parent: SessionNode = {
      ...{ kind: 'session', connectionId: 'x', parent: node, isOurs: false },
      ...{ session: session(1n, 'a:1'), ephemerals: ['/else', ...paths] },
    };
    const shown = named(ephemeralRows(parent, { connectString: 'h/app' }, l10n));
    expect(shown.slice(0, 2)).toEqual(['/app/m-1 /m-1', '/app/m-2 /m-2']);
    expect(shown.slice(499)).toEqual(['/app/m-500 /m-500', 'and 9,501 more']);
    const few = named(
      ephemeralRows({ ...parent, ephemerals: ['/else'] }, { connectString: 'h/app' }, l10n),
    );
    expect(few).toEqual(['/else outside']);
  });
});

describe('clients that were asked for', () => {
  const sampler = (latest?: Reading) =>
    ({ connectionId: 'x', latest }) as unknown as EnsembleSampler;
  const setUp = (...answers: Clients[]) => {
    let count = 0;
    const heard: number[] = [];
    const asked = new AskedClients({
      onAnswer: () => heard.push(count),
      ask: () => Promise.resolve(answers[Math.min(count++, answers.length - 1)]),
      now: () => 1_000 * count,
    });
    return { asked, heard, count: () => count };
  };
  const at = (time: number, up: number) =>
    ensembleAt(time, answered('s1', 'follower', { values: { uptime: up }, sample: { at: time } }));

  it('are kept with the time, until the row is folded', async () => {
    const { asked, heard, count } = setUp(clientsOf([session(1n, 'a:1')]), clientsOf([]));
    const one = sampler();
    await asked.of(node, one);
    await asked.of(node, one);
    expect(count()).toBe(1);
    expect(heard).toEqual([1]);
    expect(asked.toldOf(node)).toEqual({ at: 1_000, count: 1 });
    asked.forget(server);
    expect(asked.toldOf(node)).toBeUndefined();
    await asked.of(node, one);
    expect(asked.toldOf(node)).toEqual({ at: 2_000, count: 0 });
  });

  it('are asked for again over another connection', async () => {
    const { asked, count } = setUp(clientsOf([]));
    await asked.of(node, sampler());
    await asked.of(node, sampler());
    expect(count()).toBe(2);
  });

  it('are forgotten when their server begins anew or is lost, and kept otherwise', async () => {
    const { asked, count } = setUp(clientsOf([]));
    const readings: Reading[] = [
      { sample: at(1, 50), window: undefined },
      { sample: at(2, 3), window: ensembleWindow(at(1, 50), at(2, 3)) },
      { sample: ensembleAt(3, unreachable('s1')), window: undefined },
    ];
    const live = { connectionId: 'x', latest: readings[0] } as { latest: Reading | undefined };
    const one = live as unknown as EnsembleSampler;
    const counts: number[] = [];
    for (const latest of readings) {
      live.latest = latest;
      await asked.of(node, one);
      asked.forgetChanged(one);
      await asked.of(node, one);
      counts.push(count());
    }
    expect(counts).toEqual([1, 2, 3]);
  });

  it('that were refused are asked for again with the next sample', async () => {
    const { asked } = setUp(REFUSED, clientsOf([]));
    const one = sampler({ sample: at(1, 50), window: undefined });
    expect(await asked.of(node, one)).toBe(REFUSED);
    asked.forgetChanged(one);
    expect((await asked.of(node, one))?.sessions.kind).toBe('known');
  });
});
