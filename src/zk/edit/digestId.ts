import { createHash } from 'node:crypto';

/**
 * The id of the digest scheme: `user:` and the Base64 of the SHA-1 of `user:password`
 * (`DigestAuthenticationProvider.generateDigest`). Servers can be set to another algorithm with
 * `zookeeper.DigestAuthenticationProvider.digestAlg`, which no client can see.
 */
export function digestId(user: string, password: string): string {
  return `${user}:${createHash('sha1').update(`${user}:${password}`, 'utf8').digest('base64')}`;
}
