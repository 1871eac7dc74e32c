import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ROOT, type ZPath } from '../../../src/domain/znode/path';
import { idOf, type TreeNode } from '../../../src/ui/tree/nodes';
import { Refreshes } from '../../../src/ui/tree/refreshes';

const profile = { id: 'local' } as never;
const connection: TreeNode = { kind: 'connection', connectionId: 'local', profile };
const znode = (path: string): TreeNode => ({
  ...{ kind: 'znode', connectionId: 'local', path: path as ZPath },
  parent: connection as never,
});
const [app, leaf] = [znode('/app'), znode('/leaf')];

describe('refreshes of the tree', () => {
  let told: string[];
  let refreshes: Refreshes;

  beforeEach(() => {
    vi.useFakeTimers();
    told = [];
    refreshes = new Refreshes((node) => node !== leaf);
    refreshes.onDidFire((nodes) => {
      told.push(nodes?.map(idOf).join(' ') ?? ROOT);
    });
  });
  afterEach(() => {
    refreshes.dispose();
    vi.useRealTimers();
  });

  it('are told once where VS Code asks', () => {
    refreshes.fire([app]);
    vi.advanceTimersByTime(500);
    refreshes.asked(app);
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([idOf(app)]);
  });

  it('are told again where it does not, three times at most', () => {
    refreshes.fire([app, leaf]);
    expect(told).toEqual([`${idOf(app)} ${idOf(leaf)}`]);
    vi.advanceTimersByTime(2_000);
    expect(told.slice(1)).toEqual([idOf(app)]);
    refreshes.asked(connection);
    vi.advanceTimersByTime(60_000);
    expect(told.slice(1)).toEqual([idOf(app), idOf(app), idOf(app)]);
  });

  it('end when it asks after all', () => {
    refreshes.fire([app]);
    vi.advanceTimersByTime(2_000);
    refreshes.asked(app);
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([idOf(app), idOf(app)]);
  });

  it('of a row that is not expanded are told twice where its parent was just answered', () => {
    refreshes.answered(connection);
    vi.advanceTimersByTime(900);
    refreshes.fire([leaf]);
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([idOf(leaf), idOf(leaf)]);
    refreshes.answered(app);
    refreshes.fire([leaf]);
    vi.advanceTimersByTime(60_000);
    expect(told).toHaveLength(3);
  });

  it('of the whole tree are told for all', () => {
    refreshes.fire(undefined);
    refreshes.fire([app]);
    vi.advanceTimersByTime(2_000);
    expect(told).toEqual([ROOT, idOf(app), ROOT]);
    refreshes.asked(undefined);
    refreshes.asked(app);
    vi.advanceTimersByTime(60_000);
    expect(told).toHaveLength(3);
  });
});
