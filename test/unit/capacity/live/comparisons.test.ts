import { describe, expect, it } from 'vitest';
import { Emitter } from '../../../../src/base/event';
import type { Session } from '../../../../src/zk/sessions';
import { type Compared, Comparisons } from '../../../../src/ui/plan/live/comparisons';
import { answered, ensembleOf } from '../../metrics/samples';
import { observed } from './live';

function opened(...ids: string[]) {
  const open = new Set(ids);
  const changes = new Emitter<string>();
  const comparisons = new Comparisons({
    get: (id) => (open.has(id) ? ({ id } as Session) : undefined),
    onDidChange: changes.event,
  });
  const forgotten: string[] = [];
  comparisons.onDidForget((document) => forgotten.push(document));
  const close = (id: string): void => {
    open.delete(id);
    changes.fire(id);
  };
  return { comparisons, forgotten, changes, close };
}

const sample = ensembleOf(answered('s1', 'leader'));
const reality = { seen: observed(), sample, confs: new Map(), history: [] };
const compared = (connectionId: string): Compared => ({ reality, connectionId, name: 'Local' });

describe('comparisons', () => {
  it('end with their connection, and no other one’s', () => {
    const { comparisons, forgotten, changes, close } = opened('one', 'two');
    comparisons.set('a.zkplan.json', compared('one'));
    comparisons.set('b.zkplan.json', compared('two'));
    changes.fire('one'); // suspended, perhaps: what was measured was so
    expect(forgotten).toEqual([]);
    close('one');
    expect(forgotten).toEqual(['a.zkplan.json']);
    expect([comparisons.get('a.zkplan.json'), comparisons.isEmpty]).toEqual([undefined, false]);
  });

  it('are forgotten one by one or all at once, and each is told once', () => {
    const { comparisons, forgotten } = opened('one');
    for (const name of ['a', 'b', 'c']) comparisons.set(name, compared('one'));
    comparisons.forget('b');
    comparisons.forget('b');
    comparisons.clear();
    expect(forgotten).toEqual(['b', 'a', 'c']);
    expect(comparisons.isEmpty).toBe(true);
  });
});
