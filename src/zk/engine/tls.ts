import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { checkServerIdentity, connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import type { HostPort } from '../connectString';

/**
 * How to speak TLS. Files are given by path and read at each connection, so that renewed
 * certificates are taken up. Own certificate: PEM (`certFile` + `keyFile`, which may be one file)
 * or PKCS#12 (`pfxFile`).
 */
export interface TlsSettings {
  /** PEM file with the authorities to trust instead of Node's own list. */
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly pfxFile?: string;
  /** Of the key or the PKCS#12 file. */
  readonly passphrase?: string;
  /** Whether the certificate must name the host that we connect to; on unless switched off. */
  readonly verifyServerName?: boolean;
}

/** Starts a TLS connection; it is up when `secureConnect` comes. */
export async function connectTls(
  target: HostPort,
  serverName: string,
  settings: TlsSettings,
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

async function secretsOf(settings: TlsSettings): Promise<ConnectionOptions> {
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
