import { describe, expect, it } from 'vitest';
import type { Answer } from '../fakes/userInput';
import { runWizard as run } from '../fakes/wizard';

const NO_TLS = { pick: 'No TLS' };
const SEVERAL = { pick: 'Several users and passwords' };
const SASL = { pick: 'SASL DIGEST-MD5' };
const ADD = { pick: 'Add another identity' };
const DONE = { pick: 'Continue' };
const type = (text: string): Answer => ({ type: text });
const local: Answer[] = [type('localhost'), NO_TLS, 'accept'];
const remote: Answer[] = [type('zk1'), NO_TLS, 'accept'];
const tls: Answer[] = [type('zk1'), { pick: 'TLS' }, 'accept', 'pickActive', 'accept'];
const BOB = { user: 'bob', password: 'b' };
const EVE = { user: 'eve', password: 'e' };

describe('several identities', () => {
  it('are added until there are enough, and all sent', async () => {
    const { tested, result } = await run({
      answers: [
        ...[...local, SEVERAL, type('bob'), type('b'), ADD],
        { type: 'bob', refused: /bob is an identity already/ },
        ...[type('eve'), type('e'), DONE, 'pickActive' as const],
      ],
    });
    expect(result.answers.auth).toBe('digest');
    expect(result.secret).toEqual({ logins: [BOB, EVE], plainAccepted: true });
    const texts = tested[0]?.credentials?.map(({ auth }) => new TextDecoder().decode(auth));
    expect(texts).toEqual(['bob:b', 'eve:e']);
  });

  it('are dropped when the user goes back before the password, and can be removed', async () => {
    const { user, result } = await run({
      answers: [
        ...[...local, SEVERAL, type('bob'), type('b'), ADD],
        ...([type('max'), 'back', 'back'] as Answer[]),
        ...([ADD, type('eve'), type('e'), { pick: 'Remove bob' }, DONE, 'pickActive'] as Answer[]),
      ],
    });
    expect(result.secret?.logins).toEqual([EVE]);
    expect(user.asked.join('\n')).toContain('Identities: bob, eve.');
  });

  it('are there again when editing', async () => {
    const answers = {
      name: 'P',
      connectString: 'zk1:2181',
      readOnly: true,
      ...{ production: false, keepUndo: true },
      auth: 'digest',
    } as const;
    const start = { answers, secret: { logins: [BOB, EVE], plainAccepted: true } };
    const keep: Answer[] = ['accept', 'pickActive', 'accept', 'pickActive'];
    const { result } = await run({ start, answers: [...keep, DONE, 'pickActive'] });
    expect(result.secret).toEqual(start.secret);
  });

  it('are asked for again when the hosts change', async () => {
    const answers = {
      name: 'P',
      connectString: 'zk1:2181',
      readOnly: true,
      ...{ production: false, keepUndo: true },
      auth: 'digest',
    } as const;
    const start = { answers, secret: { logins: [BOB, EVE], plainAccepted: true } };
    const change: Answer[] = [type('zk9'), 'pickActive', 'accept', 'pickActive'];
    const { result } = await run({
      start,
      answers: [...change, type('bob'), type('new'), DONE, 'yes', 'pickActive'],
    });
    expect(result.secret?.logins).toEqual([{ user: 'bob', password: 'new' }]);
  });
});

describe('SASL DIGEST-MD5', () => {
  it('takes a user and a password', async () => {
    const { tested, result } = await run({
      answers: [...local, SASL, type('bob'), type('b'), 'pickActive'],
    });
    expect(result.answers.auth).toBe('sasl');
    const sasl = { mechanism: 'DIGEST-MD5', username: 'bob', password: 'b' };
    expect(tested).toEqual([{ connectString: 'localhost:2181', sasl }]);
  });

  it('is warned about without TLS, and digest anew after it', async () => {
    const { user, result } = await run({
      answers: [
        ...([...remote, SASL, type('bob'), type('b'), 'yes', 'back'] as Answer[]),
        ...(['back', 'back', { pick: 'User and password' }, 'accept', 'accept'] as Answer[]),
        ...(['yes', 'pickActive'] as Answer[]),
      ],
    });
    const warnings = user.asked.filter((text) => text.includes('does not use TLS'));
    expect(warnings[0]).toMatch(/^Log in without encryption\?.*zk1:2181.*guess/);
    expect(warnings[1]).toMatch(/^Send the password without encryption\?/);
    expect(result.secret?.plainAccepted).toBe(true);
  });
});

it.each([SASL, { pick: 'User and password' }])('nobody is warned over TLS: %o', async (method) => {
  const { user } = await run({
    answers: [...tls, method, type('bob'), type('b'), 'pickActive'],
  });
  expect(user.asked.join()).not.toContain('encryption');
});

it('a host that the address map leads to another machine is remote', async () => {
  const answers = {
    name: 'P',
    connectString: 'localhost:2181',
    readOnly: true,
    ...{ production: false, keepUndo: true },
    auth: 'none',
  } as const;
  const addressMap = { 'localhost:2181': 'far:2181' };
  const { user } = await run({
    start: { answers: { ...answers, addressMap } },
    answers: [
      ...(['accept', 'pickActive', 'accept', SASL] as Answer[]),
      ...([type('bob'), type('b'), 'yes', 'pickActive'] as Answer[]),
    ],
  });
  expect(user.asked.join()).toContain('The connection to far:2181 does not use TLS');
});

it('Kerberos is explained, and the question stays', async () => {
  const { user, result } = await run({
    answers: [...remote, { pick: 'Kerberos' }, { pick: 'No credentials' }, 'pickActive'],
  });
  expect(user.notices).toHaveLength(1);
  expect(user.notices[0]?.message).toMatch(/Kerberos.*not supported.*SASL DIGEST-MD5/);
  expect(result.answers.auth).toBe('none');
});
