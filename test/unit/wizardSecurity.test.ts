import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeFiles } from '../fakes/files';
import type { Answer } from '../fakes/userInput';
import { runWizard } from '../fakes/wizard';

const TLS = { pick: 'TLS' };
const MUTUAL = { pick: 'TLS with a client certificate' };
const CHECK = { pick: 'Check the server name' };
const NO_CREDENTIALS = { pick: 'No credentials' };
const READ_ONLY = { pick: 'Read only' };
/** Name, credentials and access. */
const rest: Answer[] = [{ type: 'Prod' }, NO_CREDENTIALS, READ_ONLY];

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n';
const keyPem = (passphrase?: string): string =>
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: {
      type: 'pkcs8',
      format: 'pem',
      ...(passphrase !== undefined && { cipher: 'aes-256-cbc', passphrase }),
    },
  }).privateKey;
const LOCKED = keyPem('open sesame');

let files: FakeFiles;
beforeEach(() => {
  files = new FakeFiles();
  files.contents.set('/home/me/ca.pem', CERTIFICATE);
  files.contents.set('/tls/own.crt', CERTIFICATE);
  files.contents.set('/tls/own.key', keyPem());
  files.contents.set('/tls/own.pem', CERTIFICATE + keyPem());
  files.contents.set('/tls/locked.key', LOCKED);
  files.contents.set('/tls/readme', 'hello');
});
const run = (answers: Answer[], start = {}) => runWizard({ answers, start, files });

describe('TLS in the wizard', () => {
  it('trusts the usual authorities and checks the name unless told otherwise', async () => {
    const { user, tested, result } = await run([{ type: 'zk1' }, TLS, 'accept', CHECK, ...rest]);
    expect(result.answers).toMatchObject({ tls: {}, auth: 'none' });
    expect(tested).toEqual([{ connectString: 'zk1:2181', tls: {} }]);
    expect(user.asked.map((text) => /\((\d\/\d)\)/.exec(text)?.[1])).toEqual([
      ...['1/6', '2/6', '3/8', '4/8', '5/8', '6/8', '7/8', '8/8'],
    ]);
  });

  it('keeps the path as it was typed and tests with the absolute one', async () => {
    const off = { pick: 'Do not check the server name' };
    const { tested, result } = await run([
      ...[{ type: 'zk1' }, TLS, { type: ' ~/ca.pem ' }, off],
      ...rest,
    ]);
    expect(result.answers.tls).toEqual({ caFile: '~/ca.pem', verifyServerName: false });
    expect(tested[0]?.tls).toEqual({ caFile: '/home/me/ca.pem', verifyServerName: false });
  });

  it('takes files that are chosen, and goes on when none is', async () => {
    const { user, result } = await run([
      ...([{ type: 'zk1' }, TLS] as Answer[]),
      ...(['browse', { file: undefined }, 'browse', { file: '/home/me/ca.pem' }] as Answer[]),
      ...(['accept', CHECK] as Answer[]),
      ...rest,
    ]);
    expect(result.answers.tls).toEqual({ caFile: '/home/me/ca.pem' });
    expect(user.prefilled.slice(1, 4)).toEqual(['', '', '/home/me/ca.pem']);
  });

  it('names the file that is missing, unreadable or something else', async () => {
    await run([
      ...([{ type: 'zk1' }, MUTUAL] as Answer[]),
      { type: 'ca.pem', refused: /whole path/ },
      { type: '${workspaceFolder}/ca.pem', refused: /Only the settings of a workspace/ },
      { type: '/nowhere/ca.pem', refused: /\/nowhere\/ca\.pem does not exist or cannot be read/ },
      { type: '/tls/own.key', refused: /\/tls\/own\.key has no certificate/ },
      'accept',
      CHECK,
      { type: '', refused: /whole path/ },
      { type: '/tls/readme', refused: /readme has no certificate in PEM or PKCS#12/ },
      { type: '/tls/own.crt' },
      { type: '', refused: /own\.crt has no private key/ },
      { type: '/tls/gone.key', refused: /gone\.key does not exist/ },
      { type: '/tls/own.key' },
      ...rest,
    ]);
  });

  it('takes certificate and key from one file', async () => {
    const { result } = await run([
      ...[{ type: 'zk1' }, MUTUAL, 'accept', CHECK, { type: '/tls/own.pem' }, 'accept'],
      ...rest,
    ] as Answer[]);
    expect(result.answers.tls).toEqual({ certFile: '/tls/own.pem' });
    expect(result.secret).toBeUndefined();
  });

  const toPassphrase: Answer[] = [
    ...([{ type: 'zk1' }, MUTUAL, 'accept', CHECK] as Answer[]),
    ...([{ type: '/tls/own.crt' }, { type: '/tls/locked.key' }] as Answer[]),
  ];

  it('asks for the passphrase of a locked key and tries it', async () => {
    const { tested, result } = await run([
      ...toPassphrase,
      { type: '', refused: /Enter the passphrase/ },
      { type: 'wrong', refused: /does not open \/tls\/locked\.key/ },
      { type: 'open sesame' },
      ...rest,
    ]);
    const tls = { certFile: '/tls/own.crt', keyFile: '/tls/locked.key' };
    expect(result.answers.tls).toEqual(tls);
    expect(JSON.stringify(result.answers)).not.toContain('sesame');
    const expected = { logins: [], passphrase: 'open sesame', plainAccepted: false };
    expect(result.secret).toEqual(expected);
    expect(tested[0]?.tls).toEqual({ ...tls, passphrase: 'open sesame' });
  });

  it('goes back through every step with the answers kept', async () => {
    const { user, result } = await run([
      ...toPassphrase,
      { type: 'open sesame' },
      ...Array<Answer>(7).fill('back'),
      ...(['accept', 'pickActive', 'accept', 'pickActive', 'accept', 'accept'] as Answer[]),
      'accept',
      ...rest,
    ]);
    const keyFile = '/tls/locked.key';
    expect(user.prefilled.slice(-6)).toEqual([
      ...['zk1:2181', '', '/tls/own.crt', keyFile, 'open sesame', 'zk1'],
    ]);
    expect(result.answers.tls).toEqual({ certFile: '/tls/own.crt', keyFile });
  });

  it('shows what is saved when editing, and keeps the passphrase that is left empty', async () => {
    const tls = {
      ...{ caFile: '~/ca.pem', certFile: '/tls/own.crt', keyFile: '/tls/locked.key' },
      verifyServerName: false,
    };
    const flags = { readOnly: true, production: false, keepUndo: true };
    const answers = { name: 'Prod', connectString: 'zk1:2181', ...flags, tls } as const;
    const more = { addressMap: { 'zk1:2181': '127.0.0.1:1' }, allowReadOnly: true };
    const secret = { logins: [], passphrase: 'open sesame', plainAccepted: false };
    const accept: Answer[] = [
      ...(['accept', 'pickActive', 'accept', 'pickActive', 'accept', 'accept'] as Answer[]),
      ...(['accept', 'accept', 'pickActive', 'pickActive'] as Answer[]),
    ];
    const start = { answers: { ...answers, ...more, auth: 'none' }, secret };
    const { tested, result } = await run(accept, start);
    expect(result).toEqual({ ...start, works: true });
    expect(tested[0]).toMatchObject({ ...more, tls: { passphrase: 'open sesame' } });
  });
});
