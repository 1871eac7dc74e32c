import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/command';
import { bytesOfKey, encodingOf } from '../../../src/cli/keys';
import { optionsOf, presetOf, problemsAsError } from '../../../src/cli/placementArguments';
import { parseServerList } from '../../../src/domain/ring/servers';
import type { Preset } from '../../../src/domain/placement/types';

const preset = {
  id: 'made-up',
  options: [
    { name: 'hash', help: '', default: 'md5' },
    { name: 'points', help: '', default: 160 },
    { name: 'sorted', help: '', default: false },
  ],
} as unknown as Preset;

describe('optionsOf', () => {
  it('gives every value the type that the preset wants', () => {
    expect(optionsOf(preset, ['hash=a=b', 'points=-1.5', 'sorted=true'])).toEqual({
      hash: 'a=b',
      points: -1.5,
      sorted: true,
    });
    expect(optionsOf(preset, [])).toEqual({});
    expect(optionsOf(preset, ['hash='])).toEqual({ hash: '' });
  });

  it.each([
    ['hash', /option=value, not hash/],
    ['=x', /option=value, not =x/],
    ['colour=red', /made-up has no option colour; it has hash, points, sorted/],
    ['points=many', /--set points takes a number, as 160/],
    ['points=', /takes a number/],
    ['points=1e3', /takes a number/],
    ['sorted=yes', /--set sorted takes a boolean, as false/],
    ['__proto__=1', /no option __proto__/],
  ])('refuses %s', (text, message) => {
    expect(() => optionsOf(preset, [text])).toThrow(UsageError);
    expect(() => optionsOf(preset, [text])).toThrow(message);
  });

  it('refuses an option that is given twice', () => {
    expect(() => optionsOf(preset, ['points=1', 'points=2'])).toThrow(/points is given twice/);
  });
});

describe('parseServerList', () => {
  it('takes servers with any of their fields, in their order', () => {
    const servers = [
      { address: 'b:1' },
      { address: 'a:1', weight: 1, name: 'alpha', id: 7, down: false, zone: 'z' },
    ];
    expect(parseServerList(servers)).toEqual(servers);
    expect(parseServerList([])).toEqual([]);
  });

  it.each([
    [null, /no array of servers/],
    [{ address: 'a:1' }, /no array of servers/],
    [['a:1'], /server 1: it is no object/],
    [[{ address: 'a:1' }, null], /server 2: it is no object/],
    [[{ weight: 1 }], /server 1: it has no "address"/],
    [[{ address: 1 }], /"address" must be a string/],
    [[{ address: 'a:1', weight: '2' }], /"weight" must be a number/],
    [[{ address: 'a:1', down: 1 }], /"down" must be a boolean/],
    [[{ address: 'a:1', wieght: 2 }], /nothing is called "wieght" here/],
    [[JSON.parse('{"__proto__":{"address":"a:1"}}')], /it has no "address"/],
    [[JSON.parse('{"address":"a:1","__proto__":{}}')], /nothing is called "__proto__" here/],
  ])('says what is wrong with %j', (value, message) => {
    expect(parseServerList(value)).toMatch(message);
  });
});

describe('the other arguments', () => {
  it('name a preset', () => {
    expect(presetOf({ preset: 'hashring-npm' }).id).toBe('hashring-npm');
    expect(() => presetOf({})).toThrow(UsageError);
    expect(() => presetOf({ preset: 'nope' })).toThrow(/no preset is called nope/);
  });

  it('name an encoding of keys', () => {
    const hex = (text: string, name: string): string =>
      Buffer.from(bytesOfKey(text, encodingOf(name))).toString('hex');
    expect(hex('é', 'utf8')).toBe('c3a9');
    expect(hex('é', 'utf16le')).toBe('e900');
    expect(hex('C3a9', 'hex')).toBe('c3a9');
    expect(hex('w6k=', 'base64')).toBe('c3a9');
    expect(() => encodingOf('latin1')).toThrow(/one of utf8, utf16le, hex, base64/);
    expect(() => bytesOfKey('xy', 'hex')).toThrow(UsageError);
  });

  it('are to blame for problems of options, files for all others', () => {
    const files = { servers: 's.json', assignment: 'a.json' };
    const errorAt = (where: string): Error =>
      problemsAsError([{ code: '', message: 'Bad.', where }], files);
    expect(errorAt('options.hash')).toBeInstanceOf(UsageError);
    expect(errorAt('servers[2].weight')).not.toBeInstanceOf(UsageError);
    expect(errorAt('servers[2].weight').message).toBe('s.json: servers[2].weight: Bad.');
    expect(errorAt('assignment.slots[0]').message).toBe('a.json: assignment.slots[0]: Bad.');
    const two = Array.from({ length: 2 }, () => ({ code: '', message: 'Bad.', where: 'servers' }));
    expect(problemsAsError(two, files).message).toBe('s.json: servers: Bad. (and 1 more)');
  });
});
