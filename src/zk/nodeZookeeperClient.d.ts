/** The insides of `node-zookeeper-client` 1.1.3 that its types don't show and the seam needs. */
declare module 'node-zookeeper-client/lib/ConnectionManager.js' {
  import type { EventEmitter } from 'node:events';

  class ConnectionManager extends EventEmitter {
    constructor(
      connectString: string,
      options: { sessionTimeout: number; spinDelay: number },
      stateListener: (state: number) => void,
    );
    readonly watcherManager: { emit(event: { type: number; path: string }): void };
    setState(state: number): void;
    connect(): void;
    close(): void;
    queue(request: unknown, callback?: (error: Error | null, reply?: unknown) => void): void;
    addAuthInfo(scheme: string, auth: Buffer): void;
    getSessionId(): Buffer;
    getSessionPassword(): Buffer;
    getSessionTimeout(): number;
    static readonly STATES: Readonly<
      Record<
        | 'DISCONNECTED'
        | 'CONNECTING'
        | 'CONNECTED'
        | 'CONNECTED_READ_ONLY'
        | 'CLOSED'
        | 'SESSION_EXPIRED'
        | 'AUTHENTICATION_FAILED',
        number
      >
    >;
  }
  export = ConnectionManager;
}
