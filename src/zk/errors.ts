/** The error codes of `KeeperException.Code` (ZooKeeper 3.9) by our names. */
const CODES = {
  SystemError: -1,
  RuntimeInconsistency: -2,
  DataInconsistency: -3,
  ConnectionLoss: -4,
  MarshallingError: -5,
  Unimplemented: -6,
  OperationTimeout: -7,
  BadArguments: -8,
  UnknownSession: -12,
  NewConfigNoQuorum: -13,
  ReconfigInProgress: -14,
  ApiError: -100,
  NoNode: -101,
  NoAuth: -102,
  BadVersion: -103,
  NoChildrenForEphemerals: -108,
  NodeExists: -110,
  NotEmpty: -111,
  SessionExpired: -112,
  InvalidCallback: -113,
  InvalidAcl: -114,
  AuthFailed: -115,
  SessionMoved: -118,
  NotReadOnly: -119,
  EphemeralOnLocalSession: -120,
  NoWatcher: -121,
  RequestTimeout: -122,
  ReconfigDisabled: -123,
  SessionClosedRequireSaslAuth: -124,
  QuotaExceeded: -125,
  Throttled: -127,
} as const;

/**
 * The server's codes, and ours:
 *
 * - `Closed`: the client was closed
 * - `RequestTooLarge`: refused before it was sent, because the server would drop the connection
 * - `NotSupported`: this client cannot do that (Kerberos)
 * - `Unknown`: the server sent a code without a name here
 */
export type ZkErrorCode =
  keyof typeof CODES | 'Closed' | 'RequestTooLarge' | 'NotSupported' | 'Unknown';

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
    return new ZkError(code, `${described(operation, path)}: ${what}`, path, serverCode);
  }
}

/** The server's numeric code for one of our names; undefined for the codes that are only ours. */
export function serverCodeOf(code: ZkErrorCode): number | undefined {
  return code in CODES ? CODES[code as keyof typeof CODES] : undefined;
}

/** `getData /a`, for messages. */
export function described(operation: string, path?: string): string {
  return path === undefined ? operation : `${operation} ${path}`;
}
