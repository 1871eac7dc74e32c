import { describe, expect, test } from 'vitest';
import { RecentTexts, type OnSave } from '../../src/ui/fs/recentTexts';

const NOTHING: OnSave = {
  byteOrderMark: false,
  finalLineEnd: false,
  finalLineEndsTrimmed: false,
  trailingSpaces: false,
  formatting: false,
};

function after(...texts: string[]): RecentTexts {
  const recent = new RecentTexts(texts[0] ?? '');
  for (const text of texts.slice(1)) recent.onChange(text);
  return recent;
}

describe('the text as it was typed', () => {
  test.each<[string, string[], Partial<OnSave>, string]>([
    ['is the last one when nothing is set to run', ['a', 'ab '], {}, 'ab '],
    ['is without the line end that was added', ['a', 'ab', 'ab\n'], { finalLineEnd: true }, 'ab'],
    ['keeps a line end that was typed', ['a', 'ab', 'ab\n'], {}, 'ab\n'],
    [
      'has the spaces that were removed',
      ['a', 'ab  \nc', 'ab\nc', 'ab\nc\n'],
      { trailingSpaces: true, finalLineEnd: true },
      'ab  \nc',
    ],
    ['is before the formatting', ['', '{"a":1}', '{\n "a": 1\n}'], { formatting: true }, '{"a":1}'],
    ['keeps words that were typed last', ['{"a":1}', '{"a":12}'], { formatting: true }, '{"a":12}'],
  ])('%s', (_name, texts, onSave, expected) => {
    expect(after(...texts).asTyped({ ...NOTHING, ...onSave })).toBe(expected);
  });

  test('is looked for in the last texts only', () => {
    const recent = after(...Array.from({ length: 50 }, (_, i) => '\n'.repeat(i)));
    expect(recent.asTyped({ ...NOTHING, finalLineEnd: true })).toBe('\n'.repeat(45));
  });
});
