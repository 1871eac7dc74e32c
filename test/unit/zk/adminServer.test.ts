import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ADMIN_COMMANDS,
  answerOf,
  isAdminCommand,
  readAdminCommand,
  type AdminCommand,
} from '../../../src/zk/adminServer';
import { parseExactJson } from '../../../src/zk/exactJson';
import { ServerCommandError } from '../../../src/zk/serverCommandError';

describe('the commands', () => {
  it.each([
    'stat_reset',
    'srst',
    'connection_stat_reset',
    'crst',
    'observer_connection_stat_reset',
    'orst',
    'set_trace_mask',
    'stmk',
    'watches',
    'wchc',
    'watches_by_path',
    'wchp',
    'snapshot',
    'restore',
    'shutdown',
    'system_properties',
    'initial_configuration',
    '',
    '../',
    'ruok?traceMask=1',
    'ruok\r\nHost: x',
    'toString',
  ])('do not include %j', async (command) => {
    expect(isAdminCommand(command)).toBe(false);
    const read = readAdminCommand({ host: '127.0.0.1', port: 1 }, command as AdminCommand);
    await expect(read).rejects.toMatchObject({ code: 'Forbidden' });
  });

  it('need no escaping in a URL', () => {
    expect(ADMIN_COMMANDS.filter((command) => !/^[a-z_]+$/.test(command))).toEqual([]);
  });
});

describe('answerOf', () => {
  const codeOf = (status: number, body: string): string => {
    try {
      answerOf({ status, body }, 'zk1:8080');
      return 'none';
    } catch (error) {
      return error instanceof ServerCommandError ? error.code : String(error);
    }
  };

  it.each<[string, number, string, string]>([
    ['success', 200, '{"command":"ruok","error":null}', 'none'],
    ['success without an error field', 200, '{"command":"ruok"}', 'none'],
    [
      'no quorum',
      200,
      '{"command":"stats","error":"This ZooKeeper instance is not currently serving requests"}',
      'NotServing',
    ],
    ['an old server', 200, '{"command":"x","error":"Unknown command: x"}', 'Unsupported'],
    ['an error', 200, '{"command":"leader","error":"server is not initialized"}', 'Refused'],
    ['an error with a status (3.9)', 503, '{"command":"x","error":"try later"}', 'Refused'],
    ['a status', 500, '{"command":"x","error":null}', 'Refused'],
    ['an error of another shape', 200, '{"command":"x","error":{"a":1}}', 'Refused'],
    ['a redirect', 302, '', 'UnexpectedAnswer'],
    ['a page', 404, '<html>Not Found</html>', 'UnexpectedAnswer'],
    ['other JSON', 200, '{"status":"UP"}', 'UnexpectedAnswer'],
    ['null', 200, 'null', 'UnexpectedAnswer'],
    ['a list', 200, '["command"]', 'UnexpectedAnswer'],
    ['nothing', 200, '', 'UnexpectedAnswer'],
    ['half an object', 200, '{"command":"ruok","err', 'UnexpectedAnswer'],
    ['too deep', 200, '['.repeat(500_000), 'UnexpectedAnswer'],
    ['deep and closed', 200, '['.repeat(200_000) + ']'.repeat(200_000), 'UnexpectedAnswer'],
  ])('takes %s for what it is', (_, status, body, code) => {
    expect(codeOf(status, body)).toBe(code);
  });
});

describe('parseExactJson', () => {
  it('keeps session ids and zxids exact', () => {
    expect(
      parseExactJson('{"session_id": 72057661422829569, "z":[-9223372036854775808,4294967296]}'),
    ).toEqual({ session_id: 72057661422829569n, z: [-9223372036854775808n, 4294967296] });
  });

  it('does not take strings, keys and fractions for integers', () => {
    const value = {
      '72057661422829569': '72057661422829569',
      quoted: ': 72057661422829569, \\" 72057661422829569 ',
      avg: 0.9999999999999999,
      small: 9007199254740991,
    };
    expect(parseExactJson(JSON.stringify(value))).toEqual(value);
    expect(parseExactJson('[1e16, -9999999999999999e-1, 1.5E-9999999999999999]')).toEqual([
      1e16, -9999999999999999e-1, 0,
    ]);
  });

  it('equals JSON.parse where numbers are exact', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (json) => {
        fc.pre(!json.includes('__proto__') && !/\d{16}/.test(json));
        expect(parseExactJson(json)).toEqual(JSON.parse(json));
      }),
      { numRuns: 50 },
    );
  });

  it('reaches no prototype', () => {
    const parsed = parseExactJson('{"__proto__":{"polluted":1},"constructor":2}');
    expect(Object.getPrototypeOf(parsed)).toBeNull();
    expect(Object.keys(parsed as object)).toEqual(['constructor']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  const MANY = 4 * 1024 * 1024;
  it.each([
    ['an endless string', `"${'a'.repeat(MANY)}`],
    ['escaped quotes without end', `"${'\\"'.repeat(MANY / 2)}`],
    ['a backslash at the end', `"${'\\"'.repeat(MANY / 2)}\\`],
    ['quotes', '"'.repeat(MANY)],
    ['digits', '1'.repeat(MANY)],
    ['minus signs', '-'.repeat(MANY)],
  ])('refuses or takes %s in linear time', (_, text) => {
    const start = performance.now();
    try {
      parseExactJson(text);
    } catch (error) {
      expect(error).toBeInstanceOf(SyntaxError);
    }
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
