import {
  array,
  assert,
  constantFrom,
  integer,
  oneof,
  option,
  property,
  record,
  string,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseServerLine,
  readServerEntry,
  serverId,
  serverLineText,
  type ServerRole,
} from '../../../src/domain/config/serverLine';
import { cfgNumber, cfgValue, parseZooCfg } from '../../../src/domain/config/zooCfgParse';

const pairs = (text: string) => parseZooCfg(text).entries.map(({ key, value }) => [key, value]);

/** Texts of what means something to the parser. */
const signs = array(constantFrom('a', '=', ':', ' ', '\\', '\n', '\r\n', '#', '\f'), {
  maxLength: 20,
}).map((all) => all.join(''));

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
    ['client\\\n  Port\\\n = 2181', [['clientPort', '2181']]],
    ['\\\n# a=1\n\\\n\n b=2\\\n# no comment', [['b', '2# no comment']]],
    ['\\va=2', [['va', '2']]],
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
    const [divided] = parseZooCfg('# x\n a\\\n  b=c\\\n  d').entries;
    expect(divided?.keyRange).toEqual({ line: 1, column: 1, endLine: 2, endColumn: 3 });
    expect(divided?.valueRange).toEqual({ line: 2, column: 4, endLine: 3, endColumn: 3 });
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
      property(oneof(string({ maxLength: 200, unit: 'binary' }), signs), (text) => {
        const lines = text.split(/\r\n|\r|\n/);
        for (const { keyRange, valueRange } of parseZooCfg(text).entries) {
          const length = lines[valueRange.endLine]?.length ?? -1;
          expect(valueRange.endColumn).toBeLessThanOrEqual(length);
          expect(keyRange.endLine).toBeLessThanOrEqual(valueRange.line);
          if (keyRange.endLine === valueRange.line) {
            expect(keyRange.endColumn).toBeLessThanOrEqual(valueRange.column);
          }
        }
      }),
    );
  });
});

describe('parseServerLine', () => {
  const plain = { quorumPort: 2888, electionPort: 3888, role: 'participant' };
  const second = { host: 'b', quorumPort: 2889, electionPort: 3889 };

  it.each([
    ['zk1:2888:3888', { host: 'zk1', ...plain }],
    ['zk1:2888:3888:participant', { host: 'zk1', ...plain }],
    ['zk1:2888:3888:observer;2181', { host: 'zk1', ...plain, role: 'observer', clientPort: 2181 }],
    [
      '10.0.0.1:2888:3888;0.0.0.0:2181',
      { host: '10.0.0.1', ...plain, clientHost: '0.0.0.0', clientPort: 2181 },
    ],
    ['[::1]:2888:3888;[::]:2181', { host: '::1', ...plain, clientHost: '::', clientPort: 2181 }],
    ['zk1:2888:3888:OBSERVER', { host: 'zk1', ...plain, role: 'observer' }],
    ['zk1:2888:3888: Participant ', { host: 'zk1', ...plain }],
    ['zk1:2888:3888:;', { host: 'zk1', ...plain }],
    [
      'zk1:2888:3888;2181;10.0.0.1:2281',
      {
        ...{ host: 'zk1', ...plain, clientPort: 2181 },
        ...{ secureClientHost: '10.0.0.1', secureClientPort: 2281 },
      },
    ],
    ['zk1:2888:3888;;2281', { host: 'zk1', ...plain, secureClientPort: 2281 }],
    [
      'a:2888:3888|b:2889:3889:observer;2181',
      { ...{ host: 'a', ...plain, role: 'observer', clientPort: 2181 }, others: [second] },
    ],
    ['a:2888:3888:participant|b:2889:3889:Participant', { host: 'a', ...plain, others: [second] }],
    [
      'a:2888:3888:observer|b:2889:3889',
      { host: 'a', ...plain, role: 'observer', others: [second] },
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
    'zk1:2888:2888',
    'a:1:2|garbage',
    'a:1:2||b:1:2',
    'a:1:2:observer|b:1:2:participant',
    'a:1:2;2181;2281;1',
    'a:1:2;x',
    'a:1:2;2181;0',
  ])('refuses %j', (text) => {
    expect(parseServerLine(text)).toBeUndefined();
  });

  it('writes what it reads', () => {
    for (const text of ['zk1:2888:3888:participant;2181', '[::1]:1:2:observer;[::]:3']) {
      const line = parseServerLine(text);
      expect(line && serverLineText(line)).toBe(text);
    }
  });

  it('reads what it writes', () => {
    const port = integer({ min: 1, max: 65_534 });
    const host = constantFrom('zk1', '10.0.0.1', '::1', 'fe80::1%eth0', 'a_b-c.example');
    const address = record({ host, quorumPort: port }).map((one) => ({
      ...one,
      electionPort: one.quorumPort + 1,
    }));
    const role = constantFrom<ServerRole>('participant', 'observer');
    const client = option(
      record({ clientPort: port, clientHost: host }, { requiredKeys: ['clientPort'] }),
    );
    const secure = option(
      record(
        { secureClientPort: port, secureClientHost: host },
        { requiredKeys: ['secureClientPort'] },
      ),
    );
    const others = array(address, { maxLength: 3 });
    assert(
      property(address, role, client, secure, others, (first, kind, plainPart, tls, more) => {
        const line = {
          ...{ ...first, role: kind, ...plainPart, ...tls },
          ...(more.length === 0 ? {} : { others: more }),
        };
        expect(parseServerLine(serverLineText(line))).toEqual(line);
      }),
    );
  });

  it.each([
    ['server.12', 12],
    ['server.1001', 1001],
    ['server.9007199254740991', Number.MAX_SAFE_INTEGER],
    ['server.9007199254740993', undefined],
    ['server.x', undefined],
    ['tickTime', undefined],
  ])('knows the id of %s', (key, id) => {
    expect(serverId(key)).toBe(id);
  });

  it('tells a server that can’t be read from no server', () => {
    const line = 'zk1:2888:3888';
    expect(readServerEntry('server.1001', line)).toMatchObject({ id: 1001, line: { host: 'zk1' } });
    expect(readServerEntry('server.1', 'zk1;2181')).toBe('unreadable');
    expect(readServerEntry('server.one', line)).toBe('unreadable');
    expect(readServerEntry('weight.1', '1')).toBeUndefined();
  });
});
