import { expect, test } from 'vitest';
import { answer, authenticate, parseChallenge } from '../../../src/zk/engine/sasl';

test('answers as RFC 2831 does in its example', () => {
  // §4 of the RFC, with its service name in the place of ours.
  const challenge = parseChallenge(
    'realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",qop="auth",algorithm=md5-sess,charset=utf-8',
  );
  const { response, serverProof } = answer(
    challenge,
    { username: 'chris', password: 'secret' },
    'OA6MHXh6VqTrRk',
    'imap/elwood.innosoft.com',
  );
  expect(response).toContain('response=d388dad90d4bbd760a152321f2143af7');
  expect(serverProof).toBe('ea40f60335c427b5527b84dbabcdfffd');
});

test('quotes and unquotes names', () => {
  const fields = parseChallenge('realm="a \\"b\\", c",nonce="x=y,z", qop = "auth"');
  expect([...fields]).toEqual([
    ['realm', 'a "b", c'],
    ['nonce', 'x=y,z'],
    ['qop', 'auth'],
  ]);
  const { response } = answer(fields, { username: 'o"o', password: '' }, 'c');
  expect(response).toContain('username="o\\"o"');
});

test('a server that cannot prove that it knows the password is refused', async () => {
  const tokens = ['realm="r",nonce="n"', 'rspauth=00000000000000000000000000000000'];
  const exchange = () => Promise.resolve(Buffer.from(tokens.shift() ?? ''));
  const settings = { mechanism: 'DIGEST-MD5', username: 'u', password: 'p' } as const;
  await expect(authenticate(settings, exchange)).rejects.toMatchObject({ code: 'AuthFailed' });
});
