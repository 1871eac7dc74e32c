import { expect, test } from 'vitest';
import { saveChanges, type SaveChange } from '../../../src/domain/znode/saveChanges';

const cases: [string, string, string, SaveChange[]][] = [
  ['nothing', 'a\nb', 'a\nb', []],
  ['a final line end', 'a\nb', 'a\nb\n', [{ kind: 'finalLineEnd' }]],
  ['a final line end in CRLF', 'a\r\nb', 'a\r\nb\r\n', [{ kind: 'finalLineEnd' }]],
  ['final line ends trimmed', 'a\n\n\n', 'a\n', [{ kind: 'finalLineEndsTrimmed' }]],
  ['trailing spaces', 'a \nb\t\nc', 'a\nb\nc', [{ kind: 'trailingSpaces', lines: 2 }]],
  [
    'spaces and a final line end',
    'a \nb',
    'a\nb\n',
    [{ kind: 'finalLineEnd' }, { kind: 'trailingSpaces', lines: 1 }],
  ],
  ['a byte order mark', 'a', '\ufeffa', [{ kind: 'byteOrderMark' }]],
  ['formatting of one line', '{"a":1}', '{ "a": 1 }', [{ kind: 'formatting', lines: 1 }]],
  [
    'formatting into more lines',
    'x\n{"a":1}\ny',
    'x\n{\n  "a": 1\n}\ny',
    [{ kind: 'formatting', lines: 3 }],
  ],
  ['other line ends', 'a\r\nb', 'a\nb', [{ kind: 'formatting', lines: 0 }]],
  ['an empty text', '', '\n', [{ kind: 'finalLineEnd' }]],
];

test.each(cases)('%s', (_name, before, after, expected) => {
  expect(saveChanges(before, after)).toEqual(expected);
});
