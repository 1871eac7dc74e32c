import type { ConnectionProfile } from '../../domain/connection';
import type { ClientOptions } from '../../zk/client';
import type { Secret } from '../secrets';

/** Time limits from the settings; absent ones are the client's. */
export type Timing = Pick<ClientOptions, 'sessionTimeoutMs' | 'requestTimeoutMs'>;

export function clientOptions(
  { connectString }: Pick<ConnectionProfile, 'connectString'>,
  secret: Pick<Secret, 'user' | 'password'> | undefined,
  timing: Timing,
): ClientOptions {
  const options = { connectString, ...timing };
  if (!secret) return options;
  const auth = new TextEncoder().encode(`${secret.user}:${secret.password}`);
  return { ...options, credentials: [{ scheme: 'digest', auth }] };
}
