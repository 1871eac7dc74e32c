import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const PASSPHRASE = 'changeit';

/** Keys and certificates for a test server and its clients, made by OpenSSL and keytool. */
export interface TlsFiles {
  /** Path of one of them: `ca.crt`, `server.p12`, `trust.p12`, `client.key`, `client.p12`, … */
  file(name: string): string;
  remove(): Promise<void>;
}

/**
 * `server` is for localhost and 127.0.0.1, `stranger` for another host; `client` is who a client
 * says to be. All are signed by `ca`; `other-ca` signs nothing.
 */
export async function makeTlsFiles(): Promise<TlsFiles> {
  const directory = await mkdtemp(join(tmpdir(), 'zookeeper-tls-'));
  const file = (name: string): string => join(directory, name);
  const openssl = (...args: string[]) => run('openssl', args, { cwd: directory });
  const authority = (name: string) =>
    openssl(
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30'],
      ...['-keyout', `${name}.key`, '-out', `${name}.crt`, '-subj', `/CN=${name}`],
    );
  const signed = async (name: string, alternatives: string): Promise<void> => {
    const extensions = `subjectAltName=${alternatives}\nextendedKeyUsage=serverAuth,clientAuth\n`;
    await writeFile(file(`${name}.ext`), extensions);
    await openssl(
      ...['req', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`],
      ...['-out', `${name}.csr`, '-subj', `/CN=zk-${name}`],
    );
    await openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key'],
      ...['-CAcreateserial', '-days', '30', '-extfile', `${name}.ext`, '-out', `${name}.crt`],
    );
    await openssl(
      ...['pkcs12', '-export', '-in', `${name}.crt`, '-inkey', `${name}.key`],
      ...['-certfile', 'ca.crt', '-name', name, '-passout', `pass:${PASSPHRASE}`],
      ...['-out', `${name}.p12`],
    );
    const pem = await Promise.all([readFile(file(`${name}.key`)), readFile(file(`${name}.crt`))]);
    await writeFile(file(`${name}.pem`), Buffer.concat(pem));
  };
  await authority('ca');
  await authority('other-ca');
  await signed('server', 'DNS:localhost,IP:127.0.0.1');
  await signed('stranger', 'DNS:somewhere.else');
  await signed('client', 'DNS:client');
  await openssl(
    ...['pkcs8', '-topk8', '-in', 'client.key', '-out', 'client-locked.key'],
    ...['-passout', `pass:${PASSPHRASE}`],
  );
  await run(
    'keytool',
    [
      ...['-importcert', '-noprompt', '-alias', 'ca', '-file', 'ca.crt'],
      ...['-keystore', 'trust.p12', '-storetype', 'PKCS12', '-storepass', PASSPHRASE],
    ],
    { cwd: directory },
  );
  return { file, remove: () => rm(directory, { recursive: true, force: true }) };
}
