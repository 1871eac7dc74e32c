import { ZkError } from '../errors';
import type { Session } from './session';

/**
 * Starts a session; resolves when it is connected. Rejects when that is impossible for good, or
 * with the last cause when every server was tried once in vain (the session goes on trying).
 */
export function firstConnection(session: Session, hosts: number): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const isDecided = (): boolean => {
      const { state, finalError, failedAttempts } = session;
      if (state.kind === 'connected') resolve();
      else if (finalError) reject(finalError);
      else if (failedAttempts >= hosts && 'cause' in state) {
        reject(new ZkError('ConnectionLoss', state.cause ?? 'no server could be reached'));
      } else return false;
      return true;
    };
    session.start();
    if (isDecided()) return;
    const subscription = session.onDidChangeState(() => {
      if (isDecided()) subscription.dispose();
    });
  });
}
