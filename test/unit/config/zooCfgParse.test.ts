import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseServerLine, serverId, serverLineText } from '../../../src/domain/config/serverLine';
import { cfgNumber, cfgValue, parseZooCfg } from '../../../src/domain/config/zooCfgParse';

const pairs = (text: string) => parseZooCfg(text).entries.map(({ key, value }) => [key, value]);

describe('parseZooCfg', () => {
  it.each([
    ['tickTime=2000', [['tickTime', '2000']]],
    ['  tickTime = 2000  ', [['tickTime', '2000']]],
    [
      'tickTime:2000\r\ninitLimit 10',
      [
        ['tickTime', '2000'],
        ['initLimit', '10'],
      ],
    ],
    ['# a=1\n! b=2\n\n c=3', [['c', '3']]],
    ['a=1 # no comment', [['a', '1 # no comment']]],
    ['server.1=zk1:2888:3888;2181', [['server.1', 'zk1:2888:3888;2181']]],
    ['dir=/a\\\n   b', [['dir', '/ab']]],
    ['dir=C:\\\\data', [['dir', 'C:\\data']]],
    ['a\\ b\\=c=d', [['a b=c', 'd']]],
    ['a=\\u0041\\tb', [['a', 'A\tb']]],
    ['alone', [['alone', '']]],
    ['\ufefftickTime=5', [['tickTime', '5']]],
  ])('reads %j as java.util.Properties does', (text, expected) => {
    expect(pairs(text)).toEqual(expected);
  });

  it('says where keys and values stand', () => {
    const [first, second] = parseZooCfg('# x\n  tickTime = 2000 \na=b\\\n  c').entries;
    expect(first?.keyRange).toEqual({ line: 1, column: 2, endLine: 1, endColumn: 10 });
    expect(first?.valueRange).toEqual({ line: 1, column: 13, endLine: 1, endColumn: 17 });
    expect(second).toMatchObject({ value: 'bc', line: 2, endLine: 3 });
    expect(second?.valueRange).toEqual({ line: 2, column: 2, endLine: 3, endColumn: 3 });
  });

  it('lets the last of a repeated key win', () => {
    const cfg = parseZooCfg('tickTime=1\ntickTime=2\ninitLimit=x');
    expect(cfgNumber(cfg, 'tickTime')).toBe(2);
    expect(cfgNumber(cfg, 'initLimit')).toBeUndefined();
    expect(cfgValue(cfg, 'initLimit')).toBe('x');
    expect(cfg.entries).toHaveLength(3);
  });

  it('reads any text, each entry inside its lines', () => {
    assert(
      property(string({ maxLength: 200, unit: 'binary' }), (text) => {
        const lines = text.split(/\r\n|\r|\n/);
        for (const { keyRange, valueRange } of parseZooCfg(text).entries) {
          const length = lines[valueRange.endLine]?.length ?? -1;
          expect(valueRange.endColumn).toBeLessThanOrEqual(length);
          expect(keyRange.endColumn).toBeLessThanOrEqual(valueRange.column);
        }
      }),
    );
  });
});

describe('parseServerLine', () => {
  const plain = { quorumPort: 2888, electionPort: 3888, role: 'participant' };

  it.each([
    ['zk1:2888:3888', { host: 'zk1', ...plain }],
    ['zk1:2888:3888:participant', { host: 'zk1', ...plain }],
    ['zk1:2888:3888:observer;2181', { host: 'zk1', ...plain, role: 'observer', clientPort: 2181 }],
    [
      '10.0.0.1:2888:3888;0.0.0.0:2181',
      { host: '10.0.0.1', ...plain, clientHost: '0.0.0.0', clientPort: 2181 },
    ],
    ['[::1]:2888:3888;[::]:2181', { host: '::1', ...plain, clientHost: '::', clientPort: 2181 }],
    [
      'a:2888:3888|b:2889:3889:observer;2181',
      { host: 'a', ...plain, role: 'observer', clientPort: 2181 },
    ],
  ])('reads %s', (text, expected) => {
    expect(parseServerLine(text)).toEqual(expected);
  });

  it.each([
    '',
    'zk1',
    'zk1:2888',
    'zk1:0:3888',
    'zk1:2888:70000',
    'zk1:2888:3888:leader',
    'a b:1:2:x',
  ])('refuses %j', (text) => {
    expect(parseServerLine(text)).toBeUndefined();
  });

  it('writes what it reads', () => {
    for (const text of ['zk1:2888:3888:participant;2181', '[::1]:1:2:observer;[::]:3']) {
      const line = parseServerLine(text);
      expect(line && serverLineText(line)).toBe(text);
    }
  });

  it('knows the keys of servers', () => {
    expect([serverId('server.12'), serverId('server.x'), serverId('tickTime')]).toEqual([
      12,
      undefined,
      undefined,
    ]);
  });
});
