import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { checkServerIdentity, connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import type { TlsOptions } from '../client';
import type { HostPort } from '../connectString';

/** Starts a TLS connection; it is up when `secureConnect` comes. */
export async function connectTls(
  target: HostPort,
  serverName: string,
  settings: TlsOptions,
): Promise<TLSSocket> {
  return connect({
    ...target,
    ...(await secretsOf(settings)),
    // The extension for names mustn't carry an address.
    servername: isIP(serverName) ? '' : serverName,
    rejectUnauthorized: true,
    checkServerIdentity: (_, certificate) =>
      settings.verifyServerName === false
        ? undefined
        : checkServerIdentity(serverName, certificate),
  });
}

async function secretsOf(settings: TlsOptions): Promise<ConnectionOptions> {
  const { caFile, certFile, keyFile, pfxFile, passphrase } = settings;
  const [ca, cert, key, pfx] = await Promise.all([
    contentOf(caFile, 'CA certificates'),
    contentOf(certFile, 'certificate'),
    contentOf(keyFile ?? certFile, 'private key'),
    contentOf(pfxFile, 'PKCS#12'),
  ]);
  return {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(pfx && { pfx }),
    ...(passphrase !== undefined && { passphrase }),
  };
}

async function contentOf(file: string | undefined, what: string): Promise<Buffer | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file);
  } catch (cause) {
    throw new Error(`the ${what} file ${file} cannot be read`, { cause });
  }
}
