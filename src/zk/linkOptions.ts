import type { ClientOptions, TlsOptions } from './client';
import { isLoopback, type ConnectString } from './connectString';

/** The options of `zkw` for TLS, as `parseArgs` takes them. */
export const TLS_ARGUMENTS = {
  tls: { type: 'boolean' },
  ca: { type: 'string' },
  cert: { type: 'string' },
  key: { type: 'string' },
  pfx: { type: 'string' },
  'insecure-server-name': { type: 'boolean' },
} as const;

export type TlsArguments = {
  readonly [
    name in keyof typeof TLS_ARGUMENTS
  ]?: (typeof TLS_ARGUMENTS)[name]['type'] extends 'string' ? string : boolean;
};

/** Environment variables that carry secrets, which others could read on a command line. */
export interface SecretVariables {
  readonly ZKW_AUTH?: string;
  readonly ZKW_SASL?: string;
  readonly ZKW_PASSPHRASE?: string;
}

export type LinkOptions = Pick<ClientOptions, 'tls' | 'sasl' | 'credentials'>;

/** How `zkw` secures its connection, or what is wrong; that never repeats a secret. */
export function linkOptions(given: TlsArguments, env: SecretVariables): LinkOptions | string {
  const tls = tlsOptions(given, env.ZKW_PASSPHRASE);
  if (typeof tls === 'string') return tls;
  // A password may have spaces at its ends.
  const identities = (env.ZKW_AUTH ?? '').split(/\r?\n/).filter((line) => line !== '');
  if (!identities.every(isLogin)) return 'ZKW_AUTH takes user:password, one on each line';
  const [, username, password] = LOGIN.exec(env.ZKW_SASL ?? '') ?? [];
  if (env.ZKW_SASL && (username === undefined || password === undefined)) {
    return 'ZKW_SASL takes user:password';
  }
  return {
    ...(tls && { tls }),
    ...(username !== undefined &&
      password !== undefined && { sasl: { mechanism: 'DIGEST-MD5', username, password } }),
    ...(identities.length > 0 && {
      credentials: identities.map((text) => ({ scheme: 'digest', auth: Buffer.from(text) })),
    }),
  };
}

/** Whether credentials would cross a network that anyone can listen to. */
export function isExposed(
  { tls, sasl, credentials }: LinkOptions,
  address: ConnectString,
): boolean {
  return !tls && (sasl ?? credentials) !== undefined && !isLoopback(address);
}

const LOGIN = /^([^:]+):([^]*)$/;

function isLogin(text: string): boolean {
  return LOGIN.test(text);
}

/** Each option about TLS switches it on, so that none is ignored. */
function tlsOptions(
  given: TlsArguments,
  passphrase: string | undefined,
): TlsOptions | string | undefined {
  const { ca, cert, key, pfx, 'insecure-server-name': insecure = false } = given;
  const files = [ca, cert, key, pfx];
  if (!given.tls && !insecure && files.every((file) => file === undefined)) return undefined;
  if (files.includes('')) return '--ca, --cert, --key and --pfx take a file';
  if (pfx !== undefined && (cert ?? key) !== undefined) {
    return '--pfx has certificate and key, so it goes without --cert and --key';
  }
  if (key !== undefined && cert === undefined) return '--key needs --cert';
  return {
    ...(ca !== undefined && { caFile: ca }),
    ...(cert !== undefined && { certFile: cert }),
    ...(key !== undefined && { keyFile: key }),
    ...(pfx !== undefined && { pfxFile: pfx }),
    ...(passphrase && { passphrase }),
    ...(insecure && { verifyServerName: false }),
  };
}
