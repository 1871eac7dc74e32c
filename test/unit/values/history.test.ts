import { describe, expect, it } from 'vitest';
import { ValueHistory } from '../../../src/domain/values/history';

const value = (text: string, version = 0) => ({
  data: new TextEncoder().encode(text),
  version,
  mtime: 0,
});
const textsOf = (history: ValueHistory, key: string): string[] =>
  history.of(key).map(({ data }) => new TextDecoder().decode(data));

describe('ValueHistory', () => {
  it('keeps what is different from the value before, the newest first', () => {
    const history = new ValueHistory({ values: 10, bytes: 1000 });
    for (const text of ['a', 'a', 'b', 'a']) history.add('x', value(text));
    history.add('y', value('other'));
    expect(textsOf(history, 'x')).toEqual(['a', 'b', 'a']);
    const [newest] = history.of('x');
    expect(history.get('x', newest?.id ?? 0)).toBe(newest);
    expect(history.get('y', newest?.id ?? 0)).toBeUndefined();
  });

  it('keeps the last ones of each znode, and of all znodes as many bytes as allowed', () => {
    const history = new ValueHistory({ values: 2, bytes: 10 });
    for (const text of ['one', 'two', 'six']) history.add('x', value(text));
    expect(textsOf(history, 'x')).toEqual(['six', 'two']);
    history.add('y', value('12345'));
    expect(textsOf(history, 'x')).toEqual(['six']);
    history.add('y', value('67890'));
    expect(textsOf(history, 'x')).toEqual([]);
    expect(textsOf(history, 'y')).toEqual(['67890', '12345']);
    history.add('z', value('longer than that'));
    expect(textsOf(history, 'z')).toEqual([]);
    expect(textsOf(history, 'y')).toEqual(['67890', '12345']);
  });

  it('does not change with the buffer that it was given', () => {
    const history = new ValueHistory();
    const { data, ...rest } = value('before');
    history.add('x', { data, ...rest });
    data.fill(0x20);
    expect(textsOf(history, 'x')).toEqual(['before']);
  });
});
