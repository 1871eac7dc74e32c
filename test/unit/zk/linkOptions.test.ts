import { describe, expect, it } from 'vitest';
import { isExposed, linkOptions } from '../../../src/zk/linkOptions';

describe('the options of zkw for its link', () => {
  it('are none by default', () => {
    expect(linkOptions({}, {})).toEqual({});
  });

  it.each([
    [{ tls: true }, {}],
    [{ ca: 'ca.pem' }, { caFile: 'ca.pem' }],
    [
      { cert: 'c', key: 'k' },
      { certFile: 'c', keyFile: 'k', passphrase: 'open' },
    ],
    [{ pfx: 'p' }, { pfxFile: 'p', passphrase: 'open' }],
    [{ 'insecure-server-name': true }, { verifyServerName: false }],
  ])('take %j for TLS', (given, tls) => {
    const env = 'passphrase' in tls ? { ZKW_PASSPHRASE: 'open' } : {};
    expect(linkOptions(given, env)).toEqual({ tls });
  });

  it('take several digest identities and one for SASL', () => {
    const env = { ZKW_AUTH: 'bob:p:w\neve: x \r\n\n', ZKW_SASL: 'max:a:b' };
    const options = linkOptions({}, env);
    if (typeof options === 'string') throw new Error(options);
    expect(options.credentials?.map(({ auth }) => Buffer.from(auth).toString())).toEqual([
      ...['bob:p:w', 'eve: x '],
    ]);
    expect(options.sasl).toEqual({ mechanism: 'DIGEST-MD5', username: 'max', password: 'a:b' });
  });

  it.each([
    [{ key: 'k' }, {}, /--key needs --cert/],
    [{ pfx: 'p', cert: 'c' }, {}, /--pfx/],
    [{ ca: '' }, {}, /take a file/],
    [{}, { ZKW_AUTH: 'hunter2' }, /ZKW_AUTH takes user:password/],
    [{}, { ZKW_SASL: 'hunter2' }, /ZKW_SASL takes user:password/],
  ])('explain what is wrong with %j %j, without the secret', (given, env, message) => {
    const options = linkOptions(given, env);
    expect(options).toMatch(message);
    expect(options).not.toContain('hunter2');
  });

  it.each([
    ['far', {}, { ZKW_AUTH: 'a:b' }, true],
    ['far', {}, { ZKW_SASL: 'a:b' }, true],
    ['far', { tls: true }, { ZKW_AUTH: 'a:b' }, false],
    ['127.0.0.1', {}, { ZKW_AUTH: 'a:b' }, false],
    ['far', {}, {}, false],
  ])('know whether secrets are exposed: %s %j %j %s', (host, given, env, exposed) => {
    const options = linkOptions(given, env);
    if (typeof options === 'string') throw new Error(options);
    expect(isExposed(options, { hosts: [{ host, port: 2181 }], chroot: '' })).toBe(exposed);
  });
});
