import { beforeEach, describe, expect, test } from 'vitest';
import { Bases, type BaseStorage, type Shower } from '../../src/ui/fs/bases';

const URI = 'zk://local/a';
const [first, second] = [
  { czxid: 1n, version: 0 },
  { czxid: 1n, version: 1 },
];
const clean = (text: string): Shower => ({ isDirty: false, getText: () => text });
const dirty = (text: string): Shower => ({ isDirty: true, getText: () => text });

class Memory implements BaseStorage {
  private readonly values = new Map<string, string>();

  get(key: string): unknown {
    return JSON.parse(this.values.get(key) ?? 'null');
  }

  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}

let storage: Memory;
let bases: Bases;

beforeEach(() => {
  storage = new Memory();
  bases = new Bases(storage);
  bases.onRead(URI, first, 'one', undefined);
  bases.onDocument(URI, clean('one'));
});

describe('the base of a document', () => {
  test('is the value that it shows', () => {
    expect(bases.of(URI)).toEqual(first);
    bases.onRead(URI, second, 'two', clean('one'));
    expect(bases.of(URI)).toEqual(first);
    bases.onDocument(URI, clean('two'));
    expect(bases.of(URI)).toEqual(second);
  });

  test('follows a change that shows the same text', () => {
    bases.onRead(URI, second, 'one', clean('one'));
    expect(bases.of(URI)).toEqual(second);
  });

  test('is not moved by a read while the text is unsaved, until it is reverted', () => {
    bases.onDocument(URI, dirty('one!'));
    bases.onRead(URI, second, 'two', dirty('one!'));
    expect(bases.of(URI)).toEqual(first);
    bases.onDocument(URI, dirty('one!!'));
    expect(bases.of(URI)).toEqual(first);
    bases.onDocument(URI, clean('two'));
    expect(bases.of(URI)).toEqual(second);
  });

  test('is not moved by a read that came too late to be shown: the user was typing', () => {
    bases.onRead(URI, second, 'two', clean('one'));
    bases.onDocument(URI, dirty('one!'));
    expect(bases.of(URI)).toEqual(first);
  });

  test('outlives the window as long as the text is unsaved', () => {
    bases.onDocument(URI, dirty('one!'));
    const restarted = new Bases(storage);
    expect(restarted.of(URI)).toEqual(first);
    restarted.onRead(URI, second, 'two', undefined);
    expect(restarted.of(URI)).toEqual(first);
    restarted.onDocument(URI, dirty('one!'));
    expect(restarted.of(URI)).toEqual(first);
    restarted.onDocument(URI, clean('two'));
    expect(restarted.of(URI)).toEqual(second);
    expect(new Bases(storage).of(URI)).toBeUndefined();
  });

  test('is what a save has left', () => {
    bases.onDocument(URI, dirty('one!'));
    bases.onSaved(URI, second);
    bases.onDocument(URI, clean('one!'));
    expect(bases.of(URI)).toEqual(second);
  });

  test('is unknown for a text whose value was never read', () => {
    expect(new Bases(storage).of(URI)).toBeUndefined();
    bases.forget(URI);
    expect(bases.of(URI)).toBeUndefined();
  });

  test.each([[7], ['x'], [[[URI, '-1', 0]]], [[[URI, 1, 0]]], [[['u']]], [{}]])(
    'is not taken from what the storage was damaged to: %j',
    (value) => {
      void storage.update('bases', value);
      expect(new Bases(storage).of(URI)).toBeUndefined();
    },
  );
});
