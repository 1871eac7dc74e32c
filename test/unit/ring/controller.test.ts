import { afterEach, describe, expect, it, vi } from 'vitest';
import { Emitter } from '../../../src/base/event';
import { silentLogger } from '../../../src/base/logger';
import type { RingChoices } from '../../../src/domain/ring/choices';
import type { ZPath } from '../../../src/domain/znode/path';
import type { RingKeys, RingSnapshot, ToRingPage } from '../../../src/protocol/ring';
import { RingController } from '../../../src/ui/ring/controller';
import { listedMembers, NOTHING_YET } from '../../../src/ui/ring/feed';
import { ZnodeFeed } from '../../../src/ui/ring/znodeFeed';
import type { Session, SessionChanges } from '../../../src/zk/sessions';
import { ZnodeModel } from '../../../src/zk/znodeModel';
import { FakeClient } from '../../fakes/client';
import { englishL10n } from '../../fakes/userInput';

const LIST = '/members' as ZPath;
const pathOf = (name: string): ZPath => `${LIST}/${name}` as ZPath;
const json = (address: string, weight = 1): Uint8Array =>
  Buffer.from(JSON.stringify({ address, weight }));

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

async function open(isOpen = true) {
  const client = new FakeClient();
  await client.create(LIST);
  await client.create(pathOf('a'), json('10.0.0.1:80'));
  await client.create(pathOf('b'), json('10.0.0.2:80'));
  const model = new ZnodeModel(client, silentLogger);
  const session = { id: 'local', client, model, identity: undefined } as unknown as Session;
  const onDidChange = new Emitter<string>();
  const onDidChangeZnodes = new Emitter<SessionChanges>();
  model.onDidChange((changes) => onDidChangeZnodes.fire({ connectionId: 'local', changes }));
  const posted: ToRingPage[] = [];
  const kept: RingChoices[] = [];
  const told: string[] = [];
  const watched = new Map<string, () => void>();
  const content = { keys: 'one\ntwo' };
  let current = isOpen ? session : undefined;
  const feedPorts = {
    sessions: {
      get: () => current,
      onDidChange: onDidChange.event,
      onDidChangeZnodes: onDidChangeZnodes.event,
    },
    l10n: englishL10n,
    nameOf: () => 'Local',
    log: silentLogger,
  };
  const controller = new RingController(
    {
      members: { connection: 'local', path: LIST },
      options: {},
      whatIf: { removed: [], added: [] },
    },
    {
      l10n: englishL10n,
      nameOf: () => 'Local',
      feed: (members, tell) => {
        if ('path' in members) return new ZnodeFeed(members, feedPorts, tell);
        const servers = 'servers' in members ? members.servers : [];
        tell({ ...NOTHING_YET, members: listedMembers(servers) });
        return { dispose: () => {} };
      },
      keys: {
        readFile: (file) =>
          file === 'keys.txt'
            ? Promise.resolve(Buffer.from(content.keys))
            : Promise.reject(new Error('no such file')),
        childrenOf: () => Promise.resolve([]),
        watchFile: (file, changed) => {
          watched.set(file, changed);
          return { dispose: () => watched.delete(file) };
        },
      },
      act: () => {},
      tell: (message) => void told.push(message),
      keep: (choices) => void kept.push(choices),
      post: (message) => void posted.push(message),
      now: () => 1_000,
    },
  );
  cleanUps.push(
    () => controller.dispose(),
    () => model.dispose(),
  );
  controller.receive({ type: 'ready' });
  const last = (): RingSnapshot => {
    const found = posted.findLast(({ type }) => type === 'snapshot');
    if (found?.type !== 'snapshot') throw new Error('no snapshot');
    return found;
  };
  const lastKeys = (): RingKeys => {
    const found = posted.findLast(({ type }) => type === 'keys');
    if (found?.type !== 'keys') throw new Error('no keys');
    return found;
  };
  const addresses = (): string[] => last().servers.map(({ address }) => address);
  const become = (next: boolean): void => {
    current = next ? session : undefined;
    onDidChange.fire('local');
  };
  return {
    client,
    model,
    controller,
    posted,
    last,
    lastKeys,
    addresses,
    become,
    kept,
    told,
    watched,
    content,
  };
}

describe('a ring that is open', () => {
  it('follows members that join, change and leave, and tells of each', async () => {
    const { client, last, addresses } = await open();
    await vi.waitFor(() => expect(addresses()).toEqual(['10.0.0.1:80', '10.0.0.2:80']));
    expect(last().events).toEqual([]);
    await client.create(pathOf('c'), json('10.0.0.3:80'));
    await vi.waitFor(() => expect(addresses()).toHaveLength(3));
    const { moved } = last().events[0] ?? { moved: 0 };
    expect(moved).toBeCloseTo(last().servers[2]?.share ?? 0, 12);
    await client.setData(pathOf('c'), json('10.0.0.3:80', 4));
    await vi.waitFor(() => expect(last().servers[2]?.weight).toBe(4));
    await client.delete(pathOf('a'));
    await vi.waitFor(() => expect(addresses()).toEqual(['10.0.0.2:80', '10.0.0.3:80']));
    expect(last().events.map(({ text }) => text)).toEqual([
      '10.0.0.1:80 left',
      '10.0.0.3:80 weight 1 → 4',
      '10.0.0.3:80 joined',
    ]);
  });

  it('sends the whole state again to a page that comes back, in rising versions', async () => {
    const { controller, posted, lastKeys, addresses, last } = await open();
    await vi.waitFor(() => expect(addresses()).toHaveLength(2));
    controller.receive({ type: 'typed', key: 'user:1' });
    controller.receive({ type: 'keySource', source: { list: ['a', 'b'] } });
    const list = () => posted.findLast(({ type }) => type === 'keyList');
    await vi.waitFor(() => expect(list()).toMatchObject({ total: 2 }));
    expect(lastKeys().version).toBe(last().version);
    controller.receive({ type: 'ready' });
    expect(lastKeys()).toMatchObject({ version: last().version, typed: { key: 'user:1' } });
    const versions = posted.flatMap((one) => (one.type === 'snapshot' ? [one.version] : []));
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(new Set(versions).size).toBe(versions.length);
  });

  it('tries changes without touching a server', async () => {
    const { client, controller, last, addresses } = await open();
    await vi.waitFor(() => expect(addresses()).toHaveLength(2));
    const before = client.requestCount;
    const whatIf = { removed: ['10.0.0.1:80'], added: [] };
    controller.receive({ type: 'whatIf', whatIf });
    expect(last().after?.moved).toBeCloseTo(last().servers[0]?.share ?? 0, 12);
    expect(last().choices.whatIf).toEqual(whatIf);
    expect(client.requestCount).toBe(before);
  });

  it('says what is wrong with an option and goes on with a right one', async () => {
    const { controller, last, addresses } = await open();
    await vi.waitFor(() => expect(addresses()).toHaveLength(2));
    controller.receive({ type: 'option', name: 'hash', value: 'nonsense' });
    expect(last().now).toBeUndefined();
    expect(last().problems).toHaveLength(1);
    controller.receive({ type: 'option', name: 'hash', value: 'md5' });
    expect(last().now?.picture.kind).toBe('ring');
  });

  it('waits for its connection, and keeps its picture when that ends', async () => {
    const { last, addresses, become } = await open(false);
    expect(last().message).toBe('Connect to Local to see this ring live.');
    become(true);
    await vi.waitFor(() => expect(addresses()).toHaveLength(2));
    expect(last().message).toBe('');
    become(false);
    expect(last().message).toContain('Connect to Local');
    expect(addresses()).toHaveLength(2);
  });

  it('explains children that are no servers, and takes the layout that it is told', async () => {
    const { client, controller, last, addresses } = await open();
    await vi.waitFor(() => expect(addresses()).toHaveLength(2));
    await client.create(pathOf('#odd'), Buffer.from('nothing'));
    await vi.waitFor(() => expect(last().problems).toHaveLength(1));
    expect(addresses()).toHaveLength(2);
    controller.receive({ type: 'kind', kind: 'json' });
    await vi.waitFor(() => expect(last().kind).toBe('json'));
    expect(last().problems).toEqual([expect.stringMatching(/^#odd /)]);
  });

  it('leaves no watch behind', async () => {
    const { model, controller, addresses } = await open();
    await vi.waitFor(() => expect(addresses()).toHaveLength(2));
    expect(model.size.facets).toBe(3);
    controller.dispose();
    expect(model.size.facets).toBe(0);
  });

  it('tells how many of the keys moved when there are keys', async () => {
    const { client, controller, last, addresses } = await open();
    await vi.waitFor(() => expect(addresses()).toHaveLength(2));
    controller.receive({ type: 'keySource', source: { list: ['only'] } });
    await client.delete(pathOf('a'));
    await vi.waitFor(() => expect(last().events).toHaveLength(1));
    expect(last().events[0]?.of).toBe('keys');
    // The only key moves or it doesn't; of the hash space it would be about a half.
    expect([0, 1]).toContain(last().events[0]?.moved);
  });

  it('suggests weights for the observed load, as a what-if', async () => {
    const { controller, last, addresses, told } = await open();
    await vi.waitFor(() => expect(addresses()).toHaveLength(2));
    controller.receive({ type: 'suggestWeights' });
    await vi.waitFor(() => expect(told).toHaveLength(1));
    controller.receive({ type: 'load', load: { '10.0.0.1:80': 30, '10.0.0.2:80': 90 } });
    controller.receive({ type: 'suggestWeights' });
    await vi.waitFor(() => expect(last().choices.whatIf.weights).toBeDefined());
    const { '10.0.0.1:80': lighter = 1, '10.0.0.2:80': heavier = 1 } =
      last().choices.whatIf.weights ?? {};
    expect(lighter).toBeGreaterThan(heavier);
    const [first, second] = last().servers;
    expect(first?.load).toBe(0.25);
    expect(Math.abs((first?.after?.load ?? 0) - (second?.after?.load ?? 1))).toBeLessThan(0.1);
  });

  it('compares strategies when it is asked to', async () => {
    const { controller, posted, last, addresses } = await open();
    await vi.waitFor(() => expect(addresses()).toHaveLength(2));
    controller.receive({ type: 'compare' });
    const comparison = () => posted.find(({ type }) => type === 'comparison');
    await vi.waitFor(() => expect(comparison()).toBeDefined(), { timeout: 10_000 });
    expect(comparison()).toMatchObject({ version: last().version, leaver: '10.0.0.2:80', keys: 0 });
  });

  it('keeps what the user chose, and takes over what a file says', async () => {
    const { controller, kept, last, addresses } = await open();
    await vi.waitFor(() => expect(addresses()).toHaveLength(2));
    controller.receive({ type: 'preset', id: 'jump' });
    expect(kept).toEqual([controller.choices]);
    const members = { servers: [{ address: 'x:1' }, { address: 'y:1', weight: 2 }] };
    controller.adoptFile({ choices: { ...controller.choices, members }, problems: [] });
    expect(addresses()).toEqual(['x:1', 'y:1']);
    expect(last().events).toEqual([]);
    expect(last().kinds).toEqual([]);
    controller.adoptFile({ choices: undefined, problems: ['broken'] });
    expect(addresses()).toEqual(['x:1', 'y:1']);
    expect(last().problems).toEqual(['broken']);
    expect(kept).toHaveLength(1);
  });

  it('reads the keys of a file again when it changes, as long as they are wanted', async () => {
    const { controller, posted, watched, content, addresses } = await open();
    await vi.waitFor(() => expect(addresses()).toHaveLength(2));
    const total = () => {
      const list = posted.findLast(({ type }) => type === 'keyList');
      return list?.type === 'keyList' ? list.total : -1;
    };
    controller.receive({ type: 'keySource', source: { file: 'keys.txt' } });
    await vi.waitFor(() => expect(total()).toBe(2));
    content.keys = 'one';
    watched.get('keys.txt')?.();
    await vi.waitFor(() => expect(total()).toBe(1));
    controller.receive({ type: 'keySource' });
    await vi.waitFor(() => expect(total()).toBe(0));
    expect(watched.size).toBe(0);
  });

  it('says why keys cannot be read, and goes on without', async () => {
    const { controller, posted, addresses } = await open();
    await vi.waitFor(() => expect(addresses()).toHaveLength(2));
    controller.receive({ type: 'keySource', source: { file: '../secret' } });
    const list = () => posted.findLast(({ type }) => type === 'keyList');
    await vi.waitFor(() => expect(list()).toMatchObject({ message: 'no such file', total: 0 }));
  });
});
