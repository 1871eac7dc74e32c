import { createHash, randomBytes } from 'node:crypto';
import type { SaslOptions } from '../client';
import { ZkError } from '../errors';
import type { Operation } from './operation';
import { OpCode } from './protocol';

/** The service name that ZooKeeper's own clients use with DIGEST-MD5 (`SecurityUtils`). */
const DIGEST_URI = 'zookeeper/zk-sasl-md5';

/** One step of the exchange: our token, the server's token. */
export const saslStep: Operation<Uint8Array, Uint8Array> = {
  opCode: OpCode.sasl,
  name: 'sasl',
  write: (w, token) => w.bytes(token),
  read: (r) => r.bytes(),
};

export type SaslExchange = (token: Uint8Array) => Promise<Uint8Array>;

/** Runs the whole exchange; rejects when either side isn't who it says. */
export async function authenticate(settings: SaslOptions, exchange: SaslExchange): Promise<void> {
  if (settings.mechanism === 'GSSAPI') throw kerberosError();
  const challenge = parseChallenge(text(await exchange(new Uint8Array(0))));
  const { response, serverProof } = answer(challenge, settings, randomBytes(16).toString('hex'));
  const final = parseChallenge(text(await exchange(Buffer.from(response))));
  if (final.get('rspauth') !== serverProof) {
    throw new ZkError('AuthFailed', 'sasl: the server does not know the password either');
  }
}

export function kerberosError(): ZkError {
  return new ZkError(
    'NotSupported',
    'Kerberos (SASL GSSAPI) is not supported. Use SASL DIGEST-MD5, a TLS client certificate, or ' +
      'digest credentials instead.',
  );
}

/** Answers a DIGEST-MD5 challenge: RFC 2831 §2.1.2, with `qop=auth` and `algorithm=md5-sess`. */
export function answer(
  challenge: ReadonlyMap<string, string>,
  { username, password }: { readonly username: string; readonly password: string },
  cnonce: string,
  digestUri = DIGEST_URI,
): { response: string; serverProof: string } {
  const realm = challenge.get('realm') ?? '';
  const nonce = challenge.get('nonce') ?? '';
  if (nonce === '') throw new ZkError('AuthFailed', 'sasl: no DIGEST-MD5 challenge');
  const qop = 'auth';
  const nc = '00000001';
  const secret = md5(`${username}:${realm}:${password}`);
  const a1 = md5(Buffer.concat([secret, Buffer.from(`:${nonce}:${cnonce}`)])).toString('hex');
  const proof = (a2: string): string => hex(`${a1}:${nonce}:${nc}:${cnonce}:${qop}:${hex(a2)}`);
  const fields = [
    'charset=utf-8',
    `username=${quoted(username)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `nc=${nc}`,
    `cnonce=${quoted(cnonce)}`,
    `digest-uri=${quoted(digestUri)}`,
    'maxbuf=65536',
    `response=${proof(`AUTHENTICATE:${digestUri}`)}`,
    `qop=${qop}`,
  ];
  return { response: fields.join(','), serverProof: proof(`:${digestUri}`) };
}

/** Reads `key=value,key="quoted value"` (RFC 2831 §7.1). */
export function parseChallenge(challenge: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const match of challenge.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^,]*))/g)) {
    const [, key = '', inQuotes, plain = ''] = match;
    fields.set(key, inQuotes?.replace(/\\(.)/g, '$1') ?? plain.trim());
  }
  return fields;
}

const md5 = (input: string | Buffer): Buffer => createHash('md5').update(input).digest();
const hex = (input: string): string => md5(input).toString('hex');
const quoted = (value: string): string => `"${value.replace(/[\\"]/g, '\\$&')}"`;
const text = (token: Uint8Array): string => Buffer.from(token).toString('utf8');
