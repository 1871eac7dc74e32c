import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KINDS } from '../../../src/domain/membership/kinds';
import type { RingChoices } from '../../../src/domain/ring/choices';
import {
  insidePath,
  readRingFile,
  smallestEdit,
  writeRingFile,
} from '../../../src/domain/ring/ringFile';
import { ORDER_PROVIDERS } from '../../../src/sandbox/sample/data/dubbo';
import { usablePresets } from '../../../src/ui/ring/presetChoice';

const RING: RingChoices = {
  members: { servers: [{ address: 'a:1' }, { address: 'b:1', weight: 2 }] },
  preset: 'jump',
  options: {},
  keys: { pattern: 'k{1..9}' },
  whatIf: { removed: ['a:1'], added: [] },
};

describe('a ring file', () => {
  it('reads as it was written', () => {
    const text = writeRingFile(RING) ?? '';
    expect(readRingFile(text)).toEqual({ choices: RING, problems: [] });
    expect(Object.keys(JSON.parse(text) as object)).toEqual([
      ...['members', 'preset', 'keys', 'whatIf'],
    ]);
  });

  it('keeps what is not ours where it stands', () => {
    const before =
      '{"$schema":"x","preset":"modulo","note":[1],"replicas":3,"members":{"file":"a"}}';
    const after = JSON.parse(writeRingFile(RING, before) ?? '') as object;
    expect(Object.keys(after)).toEqual([
      ...['$schema', 'preset', 'note', 'members', 'keys', 'whatIf'],
    ]);
    expect(after).toMatchObject({ $schema: 'x', note: [1], preset: 'jump' });
  });

  it('is never written over text that would be lost', () => {
    for (const text of ['{"members":', '[]', '"x"', '{} // comment']) {
      expect(writeRingFile(RING, text)).toBeUndefined();
    }
    expect(writeRingFile(RING, ' \n')).toBe(writeRingFile(RING));
  });

  it('says what is wrong with its text', () => {
    expect(readRingFile('{"members":').problems[0]).toMatch(/^This is no valid JSON: /);
    expect(readRingFile('{}').problems).toHaveLength(1);
    expect(readRingFile(`[${'['.repeat(200_000)}`).choices).toBeUndefined();
  });

  it('of the demo workspace says what it shows', () => {
    const read = (name: string) =>
      readRingFile(readFileSync(`test/sample/workspace/${name}.zkring.json`, 'utf8'));
    const { choices, problems } = read('textbook');
    expect(problems).toEqual([]);
    const ports = [2181, 2182, 2183].map((port) => ({ address: `localhost:${port}` }));
    expect(choices?.members).toEqual({ servers: ports });
    expect(choices?.keys).toEqual({ pattern: 'test_key_{0..99}' });
    expect(read('orders').problems).toEqual([]);
    expect(read('orders').choices?.members).toHaveProperty('path', ORDER_PROVIDERS);
  });

  it('has a schema with every preset and layout', () => {
    const text = readFileSync('media/zkring.schema.json', 'utf8');
    const { properties } = JSON.parse(text) as {
      properties: {
        preset: { enum: string[] };
        members: { oneOf: { properties: { layout?: { enum: string[] } } }[] };
      };
    };
    expect(properties.preset.enum).toEqual(usablePresets.map(({ id }) => id));
    expect(properties.members.oneOf[0]?.properties.layout?.enum).toEqual(KINDS);
  });
});

describe('the smallest edit', () => {
  it('makes one text of another', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 });
    fc.assert(
      fc.property(text, text, text, (head, one, other) => {
        const [before, after] = [head + one + head, head + other + head];
        const edit = smallestEdit(before, after);
        const made = edit
          ? before.slice(0, edit.start) + edit.text + before.slice(edit.end)
          : before;
        expect(made).toBe(after);
      }),
    );
  });

  it('touches nothing else, and no half of a character', () => {
    expect(smallestEdit('abc', 'abXc')).toEqual({ start: 2, end: 2, text: 'X' });
    expect(smallestEdit('same', 'same')).toBeUndefined();
    expect(smallestEdit('a\u{1f600}b', 'a\u{1f601}b')).toEqual({
      start: 1,
      end: 3,
      text: '\u{1f601}',
    });
  });
});

describe('a file of a ring', () => {
  it.each([
    ['servers.json', 'servers.json'],
    ['./a//b.json', 'a/b.json'],
    ['../secret', undefined],
    ['a/../../b', undefined],
    ['/etc/passwd', undefined],
    ['C:/windows', undefined],
    ['a\\..\\b', undefined],
    ['', undefined],
    ['a\0b', undefined],
  ])('%j is inside its folder as %j', (path, inside) => expect(insidePath(path)).toBe(inside));
});
