import { describe, expect, it } from 'vitest';
import {
  isSameLink,
  parseProfiles,
  withProfile,
  type ConnectionProfile,
} from '../../src/domain/connection';
import { locateFile } from '../../src/domain/connectionFiles';
import { clientOptions, identityOf } from '../../src/ui/connections/clientOptions';
import { englishL10n } from '../fakes/userInput';

const base = { id: 'a', connectString: 'zk1:2181' };
const parse = (entry: object, origin: ConnectionProfile['origin'] = 'user') =>
  parseProfiles([{ ...base, ...entry }], origin);
const profile: ConnectionProfile = {
  ...base,
  ...{ name: 'A', readOnly: true, auth: 'sasl', origin: 'user' },
  ...{ production: false, keepUndo: true },
};

describe('parsing the security of a link', () => {
  it.each([
    { tls: {} },
    { tls: { caFile: '/ca.pem', certFile: '~/own.pem', keyFile: 'C:\\own.key' } },
    { tls: { pfxFile: '\\\\share\\own.p12', verifyServerName: false }, auth: 'sasl' },
    { addressMap: { 'zk1:2181': '127.0.0.1:12181', '[::1]:2181': '[2001:db8::1]:1' } },
    { allowReadOnly: true },
  ])('takes %j', (entry) => {
    const { profiles, problems } = parse(entry);
    expect(problems).toEqual([]);
    expect(profiles[0]).toMatchObject(entry);
  });

  it('knows no TLS where none is set', () => {
    expect(parse({}).profiles[0]).not.toHaveProperty('tls');
  });

  it.each([
    [{ tls: true }, '"tls" must be an object'],
    [{ tls: null }, '"tls" must be an object'],
    [{ tls: [] }, '"tls" must be an object'],
    [{ tls: { caFile: 7 } }, '"tls.caFile" must be a text'],
    [{ tls: { caFile: '' } }, '"tls.caFile" must be an absolute path'],
    [{ tls: { certFile: 'certs/own.pem' } }, '"tls.certFile" must be an absolute path'],
    [{ tls: { caFile: '${workspaceFolder}/ca.pem' } }, 'only in the settings of a workspace'],
    [{ tls: { keyFile: '/k' } }, '"tls.keyFile" needs "certFile"'],
    [{ tls: { pfxFile: '/p', certFile: '/c' } }, '"tls.pfxFile" has certificate and key'],
    [{ tls: { verifyServerName: 'no' } }, '"tls.verifyServerName"'],
    [{ auth: 'kerberos' }, 'Kerberos is not supported'],
    [{ addressMap: ['a:1'] }, '"addressMap" must be an object'],
    [{ addressMap: { zk1: 'a:1' } }, 'host:port'],
    [{ addressMap: { 'zk1:2181': 'a:0' } }, 'host:port'],
    [{ addressMap: { 'zk1:2181': 'a:65536' } }, 'host:port'],
    [{ addressMap: { 'zk1:2181': 1 } }, 'host:port'],
    [{ addressMap: { 'zk1:2181': 'user@evil:1' } }, 'host:port'],
    [{ allowReadOnly: 1 }, '"allowReadOnly"'],
  ])('drops the whole entry for %j, rather than connect less safely', (entry, reason) => {
    const { profiles, problems } = parse(entry);
    expect(profiles).toEqual([]);
    expect(problems).toEqual([expect.stringContaining(reason)]);
  });

  it('lets a preset start a path at its workspace', () => {
    const tls = { caFile: '${workspaceFolder}/ca.pem' };
    expect(parse({ tls }, 'workspace').profiles[0]?.tls).toEqual(tls);
  });
});

describe('locateFile', () => {
  const folders = { home: '/home/$&', workspace: '/project' };
  it.each([
    ['~/ca.pem', '/home/$&/ca.pem'],
    ['${workspaceFolder}/ca.pem', '/project/ca.pem'],
    ['/a/~/${workspaceFolder}/ca.pem', '/a/~/${workspaceFolder}/ca.pem'],
    ['~other/ca.pem', '~other/ca.pem'],
  ])('leads %s to %s', (path, located) => {
    expect(locateFile(path, folders)).toBe(located);
  });

  it('leads nowhere without a workspace', () => {
    const path = '${workspaceFolder}/ca.pem';
    expect(locateFile(path, { ...folders, workspace: undefined })).toBe(path);
  });
});

describe('saving the security of a link', () => {
  const raw = [{ ...base, colour: 'red', tls: { caFile: '/old', future: 1 }, allowReadOnly: true }];

  it('replaces what is known of TLS and keeps the rest', () => {
    expect(withProfile(raw, { ...profile, tls: { pfxFile: '/p' } })[0]).toEqual({
      ...{ id: 'a', name: 'A', connectString: 'zk1:2181', readOnly: true, auth: 'sasl' },
      ...{ production: false, keepUndo: true },
      ...{ colour: 'red', tls: { pfxFile: '/p', future: 1 }, allowReadOnly: true },
    });
  });

  it('takes TLS away when it is switched off', () => {
    expect(withProfile(raw, profile)[0]).not.toHaveProperty('tls');
  });

  it('is read back as it was', () => {
    const flags = { production: true, keepUndo: false, allowReadOnly: true };
    const full = { ...profile, ...flags, tls: { caFile: '/ca' }, addressMap: { 'a:1': 'b:2' } };
    expect(parseProfiles(withProfile([], full), 'user').profiles).toEqual([full]);
  });
});

it.each<[Partial<ConnectionProfile>, boolean]>([
  [{ name: 'B', readOnly: false }, true],
  [{ production: true, keepUndo: false }, true],
  [{ tls: {} }, false],
  [{ auth: 'digest' }, false],
  [{ addressMap: { 'a:1': 'b:2' } }, false],
  [{ allowReadOnly: true }, false],
])('isSameLink after %j: %s', (change, same) => {
  expect(isSameLink(profile, { ...profile, ...change })).toBe(same);
});

describe('clientOptions', () => {
  const logins = [
    { user: 'bob', password: 'p:w' },
    { user: 'eve', password: 'x' },
  ];
  const { connectString } = base;

  it('sends nothing that the profile does not ask for', () => {
    const options = clientOptions({ connectString, auth: 'none' }, { logins, passphrase: 'p' }, {});
    expect(options).toEqual({ connectString });
  });

  it('has one SASL login, or all digest identities', () => {
    expect(clientOptions(profile, { logins }, {})).toEqual({
      connectString,
      sasl: { mechanism: 'DIGEST-MD5', username: 'bob', password: 'p:w' },
    });
    const digest = clientOptions({ ...profile, auth: 'digest' }, { logins }, {});
    expect(digest.credentials?.map(({ auth }) => Buffer.from(auth).toString())).toEqual([
      ...['bob:p:w', 'eve:x'],
    ]);
    expect(digest.sasl).toBeUndefined();
  });

  it('passes TLS with its passphrase, the address map and read-only servers on', () => {
    const more = { tls: { pfxFile: '/p' }, addressMap: { 'a:1': 'b:2' }, allowReadOnly: true };
    const options = clientOptions({ ...profile, ...more }, { logins, passphrase: 'p' }, {});
    expect(options).toMatchObject({ ...more, tls: { pfxFile: '/p', passphrase: 'p' } });
  });

  it('says who we are without a password', () => {
    const tls = { pfxFile: '/tls/own.p12' };
    const who = (link: Partial<ConnectionProfile>) =>
      identityOf({ ...profile, ...link }, { logins }, englishL10n);
    expect(who({ auth: 'digest' })).toBe('digest:bob, digest:eve');
    expect(who({ auth: 'none', tls })).toBe('certificate own.p12');
    expect(who({ auth: 'none' })).toBeUndefined();
  });
});
