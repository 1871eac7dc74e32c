/**
 * Why a server did not tell about itself:
 *
 * - `Forbidden`: not among the commands that only read; nothing was sent
 * - `ConnectionFailed`: nobody listens, no such host, TLS refused, connection reset
 * - `Timeout`: no whole answer in time
 * - `TooLarge`: the answer is longer than the limit
 * - `NoAnswer`: the server closed the connection without a word
 * - `UnexpectedAnswer`: whatever answers there, it is not the server that was asked for
 * - `SpeaksTls`: the AdminServer speaks HTTPS alone, we did not
 * - `NotWhitelisted`: the server's `4lw.commands.whitelist` lacks the word
 * - `NotServing`: the server runs, but has no quorum
 * - `Unsupported`: the server is too old for the command
 * - `Refused`: the server answers with another error
 */
export type ServerCommandErrorCode =
  | 'Forbidden'
  | 'ConnectionFailed'
  | 'Timeout'
  | 'TooLarge'
  | 'NoAnswer'
  | 'UnexpectedAnswer'
  | 'SpeaksTls'
  | 'NotWhitelisted'
  | 'NotServing'
  | 'Unsupported'
  | 'Refused';

/** A four-letter word or AdminServer command that failed. Tell the cases apart by `code`. */
export class ServerCommandError extends Error {
  override readonly name = 'ServerCommandError';

  constructor(
    readonly code: ServerCommandErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  static is(error: unknown, code: ServerCommandErrorCode): error is ServerCommandError {
    return error instanceof ServerCommandError && error.code === code;
  }
}
