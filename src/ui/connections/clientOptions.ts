import { basename } from 'node:path';
import type * as vscode from 'vscode';
import type { ConnectionProfile } from '../../domain/connection';
import type { ClientOptions } from '../../zk/client';
import type { Link, Secret } from '../secrets';

/** Time limits from the settings; absent ones are the client's. */
export type Timing = Pick<ClientOptions, 'sessionTimeoutMs' | 'requestTimeoutMs'>;

/** What the client needs for a profile with absolute paths. */
export function clientOptions(
  profile: Link & Pick<ConnectionProfile, 'allowReadOnly'>,
  secret: Pick<Secret, 'logins' | 'passphrase'> | undefined,
  timing: Timing,
): ClientOptions {
  const { connectString, tls, addressMap, allowReadOnly } = profile;
  const passphrase = secret?.passphrase;
  return {
    connectString,
    ...timing,
    ...(tls && { tls: { ...tls, ...(passphrase !== undefined && { passphrase }) } }),
    ...(addressMap && { addressMap }),
    ...(allowReadOnly !== undefined && { allowReadOnly }),
    ...loginOptions(profile.auth, secret?.logins ?? []),
  };
}

function loginOptions(
  auth: Link['auth'],
  logins: Secret['logins'],
): Pick<ClientOptions, 'credentials' | 'sasl'> {
  const [first] = logins;
  if (auth === 'none' || !first) return {};
  if (auth === 'sasl') {
    return { sasl: { mechanism: 'DIGEST-MD5', username: first.user, password: first.password } };
  }
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  return {
    credentials: logins.map(({ user, password }) => ({
      scheme: 'digest',
      auth: encode(`${user}:${password}`),
    })),
  };
}

/** Who we are to the servers, for messages; undefined when nobody in particular. */
export function identityOf(
  { auth, tls }: Link,
  secret: Pick<Secret, 'logins'> | undefined,
  l10n: typeof vscode.l10n,
): string | undefined {
  const logins = auth === 'none' ? [] : (secret?.logins ?? []);
  const own = tls?.pfxFile ?? tls?.certFile;
  const names = logins.map(({ user }) => `${auth}:${user}`);
  if (own !== undefined) names.push(l10n.t('certificate {0}', basename(own)));
  return names.length > 0 ? names.join(', ') : undefined;
}
