import { describe, expect, it, vi } from 'vitest';
import { printMovement } from '../../../src/cli/moveCommand';
import { createPlacement, isProblems } from '../../../src/domain/placement/createPlacement';
import type { Placement, Server } from '../../../src/domain/placement/types';
import { tryWhatIf, type WhatIf } from '../../../src/domain/placement/whatIf';
import { patternKeys } from '../../../src/domain/ring/keyPattern';
import { computeRing } from '../../../src/ui/ring/compute';
import { movesText, placementText } from '../../../src/ui/ring/exports';
import { listedMembers } from '../../../src/ui/ring/feed';

const SERVERS: Server[] = [1, 2, 3, 4].map((i) => ({
  address: `10.0.0.${i}:11211`,
  weight: i,
  zone: i < 3 ? 'east' : 'west',
}));
const go = (): Promise<void> => Promise.resolve();
const { count, keyAt } = patternKeys('user:{1..12000}');
const KEYS = { total: count, keyAt };
const NO_KEYS = { total: 0, keyAt: String };

function placementOf(preset: string): Placement {
  const placement = createPlacement(preset, SERVERS);
  if (isProblems(placement)) throw new Error(placement[0]?.message);
  return placement;
}

function afterOf(now: Placement, whatIf: WhatIf): Placement {
  const after = tryWhatIf(now, whatIf);
  if (!after || isProblems(after)) throw new Error('no what-if');
  return after;
}

async function zkwMove(before: Placement, after: Placement): Promise<unknown> {
  let printed = '';
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest) => {
    printed += String(text);
    (rest.at(-1) as (() => void) | undefined)?.();
    return true;
  });
  try {
    await printMovement(before, after, { keys: undefined, encoding: 'utf8', json: true });
  } finally {
    stdout.mockRestore();
  }
  return JSON.parse(printed);
}

const CHANGES: Readonly<Record<string, WhatIf>> = {
  'removes a server': { removed: ['10.0.0.2:11211'], added: [] },
  'adds a server': { removed: [], added: ['10.0.0.9:11211'] },
  'drains a server': { removed: [], added: [], drained: ['10.0.0.4:11211'] },
  'reweights a server': { removed: [], added: [], weights: { '10.0.0.1:11211': 7 } },
  'loses a zone': { removed: [], added: [], lostZones: ['west'] },
  'changes an option': { removed: [], added: [], options: { hash: 'md5' } },
  'changes the preset': { removed: [], added: [], preset: 'nginx-consistent' },
};

describe('what a what-if says when it', () => {
  it.each(Object.entries(CHANGES))('%s is what zkw move says', async (_, whatIf) => {
    for (const preset of ['twemproxy-ketama', 'twemproxy-modula']) {
      const now = placementOf(preset);
      const after = afterOf(now, whatIf);
      const told = (await zkwMove(now, after)) as { moved: number; error: number };
      const text = await movesText({ now, after, keys: NO_KEYS }, 'json', go);
      expect(JSON.parse(text)).toMatchObject(told);
      const members = listedMembers(SERVERS);
      const ring = computeRing({ members, preset, options: {}, whatIf }, String);
      if (isProblems(ring)) throw new Error(ring[0]?.message);
      expect(ring.afterView).toMatchObject({ moved: told.moved, error: told.error });
      const rows = ring.servers.map((server) => ({
        address: server.address,
        gains: server.after?.gain,
        loses: server.after?.loss,
      }));
      expect(told).toHaveProperty('servers', rows);
    }
  });
});

describe('an export', () => {
  it('has each key with its server and replicas', async () => {
    const now = placementOf('twemproxy-ketama');
    const pause = vi.fn(go);
    const text = await placementText(
      { now, after: undefined, keys: KEYS, replicas: 2, distinctZones: true },
      'csv',
      pause,
    );
    const [head, ...rows] = text.trimEnd().split('\n');
    expect(head).toBe('key,server,replicas');
    expect(rows).toHaveLength(12_000);
    const key = new TextEncoder().encode('user:77');
    const [replica = -1] = now.fallbacks(key, 1, true);
    expect(rows[76]).toBe(
      `user:77,${now.answerOf(key)},${now.servers[replica]?.address ?? 'nobody'}`,
    );
    expect(pause).toHaveBeenCalledTimes(3);
  });

  it('has only the keys that move', async () => {
    const now = placementOf('nginx-consistent');
    const after = afterOf(now, { removed: ['10.0.0.2:11211'], added: [] });
    const csv = await movesText({ now, after, keys: KEYS }, 'csv', go);
    const [head, ...rows] = csv.trimEnd().split('\n');
    expect(head).toBe('key,from,to');
    expect(rows.every((row) => row.split(',')[1] === '10.0.0.2:11211')).toBe(true);
    const json = JSON.parse(await movesText({ now, after, keys: KEYS }, 'json', go)) as {
      movedKeys: unknown[];
    };
    expect(json.movedKeys).toHaveLength(rows.length);
  });

  it('tells the servers when there are no keys', async () => {
    const now = placementOf('jump');
    const text = await placementText({ now, after: undefined, keys: NO_KEYS }, 'csv', go);
    expect(text.split('\n').slice(0, 2)).toEqual([
      'address,weight,zone,share,fair',
      '10.0.0.1:11211,1,east,0.25,0.25',
    ]);
  });

  it('stops when it is told to', async () => {
    const now = placementOf('jump');
    const stop = (): Promise<void> => Promise.reject(new Error('stop'));
    const input = { now, after: undefined, keys: KEYS };
    await expect(placementText(input, 'json', stop)).rejects.toThrow('stop');
  });
});
