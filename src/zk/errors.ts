/** The server's error codes (`KeeperException.Code`) that callers tell apart, by our names. */
const CODES = {
  ConnectionLoss: -4,
  MarshallingError: -5,
  Unimplemented: -6,
  OperationTimeout: -7,
  BadArguments: -8,
  NoNode: -101,
  NoAuth: -102,
  BadVersion: -103,
  NoChildrenForEphemerals: -108,
  NodeExists: -110,
  NotEmpty: -111,
  SessionExpired: -112,
  InvalidAcl: -114,
  AuthFailed: -115,
  SessionMoved: -118,
  NotReadOnly: -119,
  QuotaExceeded: -125,
  Throttled: -127,
} as const;

/** `Closed` and `Unknown` are ours: the client was closed; the server sent a code without a name here. */
export type ZkErrorCode = keyof typeof CODES | 'Closed' | 'Unknown';

const NAMES = new Map<number, ZkErrorCode>(
  Object.entries(CODES).map(([name, code]) => [code, name as ZkErrorCode]),
);

/** A request that failed. Tell the cases apart by `code`, never by the message. */
export class ZkError extends Error {
  override readonly name = 'ZkError';

  constructor(
    readonly code: ZkErrorCode,
    message: string,
    readonly path?: string,
    /** The server's numeric code, where the server sent one. */
    readonly serverCode?: number,
  ) {
    super(message);
  }

  static is(error: unknown, code: ZkErrorCode): error is ZkError {
    return error instanceof ZkError && error.code === code;
  }

  /** The error for a server's numeric code; codes without a name become `Unknown` and keep the number. */
  static fromServer(serverCode: number, operation: string, path?: string): ZkError {
    const code = NAMES.get(serverCode) ?? 'Unknown';
    const what = code === 'Unknown' ? `server error ${serverCode}` : code;
    return new ZkError(code, `${operation} ${path ?? ''}: ${what}`, path, serverCode);
  }
}
