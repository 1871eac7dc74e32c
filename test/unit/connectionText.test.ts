import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../src/ui/connections/problemText';
import { plainLines, plainText } from '../../src/ui/plainText';
import { describeState, summarize } from '../../src/ui/stateText';
import type { ConnectionState } from '../../src/zk/client';
import { parseConnectString } from '../../src/zk/connectString';
import { englishL10n } from '../fakes/userInput';

const connected: ConnectionState = {
  kind: 'connected',
  server: '127.0.0.1:2181',
  sessionId: 1n,
  sessionTimeoutMs: 30_000,
  readOnly: false,
};

describe('describeProblem', () => {
  it.each([
    ['', /at least one host/],
    ['zk1,,zk2', /Host 2 is empty/],
    ['zk 1', /"zk 1" is not a host name/],
    [':2181', /host is missing/],
    ['zk1:', /port is missing/],
    ['zk1:99999', /"99999" is not a port. Use a number from 1 to 65535/],
    ['zk://zk1', /Remove "zk:\/\/"/],
    ['zk1/app/', /slash at the end/],
    ['zk1//app', /two slashes/],
    ['zk1/a/../b', /whole path/],
    ['zk1/a\u0001', /U\+0001 at position 3/],
  ])('says what is wrong with %j', (text, message) => {
    const parsed = parseConnectString(text);
    if (!('kind' in parsed)) throw new Error('should be refused');
    expect(describeProblem(parsed, englishL10n)).toMatch(message);
  });
});

it('describeProblem asks for brackets around an IPv6 address', () => {
  expect(describeProblem({ kind: 'unbracketed', text: '::1' }, englishL10n)).toMatch(/brackets/);
});

describe('describeState', () => {
  it.each<[ConnectionState | undefined, string]>([
    [undefined, 'not connected'],
    [{ kind: 'connecting', attempt: 1 }, 'connecting'],
    [
      { kind: 'connecting', attempt: 3, cause: 'connection refused by 127.0.0.1:2181' },
      'cannot connect, trying again: connection refused by 127.0.0.1:2181',
    ],
    [connected, 'connected to 127.0.0.1:2181'],
    [{ ...connected, readOnly: true }, 'connected to 127.0.0.1:2181, which only serves reads'],
    [{ kind: 'suspended' }, 'suspended, reconnecting'],
    [{ kind: 'expired' }, 'session expired, reconnecting'],
    [{ kind: 'authFailed' }, 'authentication failed'],
    [{ kind: 'closed' }, 'closed'],
  ])('describes %o', (state, text) => {
    expect(describeState(state, englishL10n)).toBe(text);
  });
});

describe('summarize', () => {
  const one = { name: 'Local', state: connected };
  const lost = { name: 'Prod', state: { kind: 'suspended' } } as const;

  it('shows nothing when nothing is open', () => {
    expect(summarize([], englishL10n)).toBeUndefined();
  });

  it('names a single connection', () => {
    expect(summarize([one], englishL10n)).toBe('Local: connected');
  });

  it('counts several', () => {
    expect(summarize([one, lost, one], englishL10n)).toBe('2 of 3 connected');
  });
});

describe('plainLines', () => {
  it('keeps the lines of a question apart, each of bounded length, and not too many of them', () => {
    expect(plainLines('one\u202e\n$(two)')).toBe('one \n$\u200b(two)');
    expect(plainLines(`${'x'.repeat(400)}\nnext`)).toBe(`${'x'.repeat(300)}…\nnext`);
    expect(plainLines('\n'.repeat(1_000)).length).toBeLessThan(40);
  });
});

describe('plainText', () => {
  it('renders neither an icon nor a link', () => {
    const text = plainText('$(error) [click](command:evil)');
    expect(text).not.toContain('$(');
    expect(text).not.toContain('](');
  });

  it('drops line ends and direction marks', () => {
    expect(plainText('a\r\nb\u202ec')).toBe('a b c');
  });
});
