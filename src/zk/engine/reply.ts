import { ZkError } from '../errors';
import type { JuteReader } from './juteReader';
import type { Request } from './request';
import type { Watches } from './watches';

/**
 * Gives a request its reply: what it did to the watches, then its result or error, synchronously.
 * A reply that can't be read fails the request, and throws.
 * @param code 0, or the server's error code, which comes without a body
 */
export function settle(request: Request, code: number, reader: JuteReader, watches: Watches): void {
  const { operation, args } = request;
  operation.track?.(watches, args, code);
  if (request.isSettled) return;
  if (code !== 0) {
    request.fail(ZkError.fromServer(code, operation.name, request.path));
    return;
  }
  let value: unknown;
  try {
    value = operation.read(reader, args);
  } catch (error) {
    request.fail(error as Error);
    throw error;
  }
  request.succeed(value);
}
