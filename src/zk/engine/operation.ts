import type { JuteReader } from './juteReader';
import type { JuteWriter } from './juteWriter';
import type { Watches } from './watches';

/**
 * One kind of request: how its arguments are written and how its reply is read. Operations are
 * constants; a request is an operation with its arguments.
 */
export interface Operation<A, R> {
  readonly opCode: number;
  /** For messages. */
  readonly name: string;
  write(w: JuteWriter, args: A): void;
  /** Reads the reply to a request that the server fulfilled. */
  read(r: JuteReader, args: A): R;
  /** The path for messages and errors. */
  path?(args: A): string | undefined;
  /** Notes what the request did to the watches; `code` is 0 or the server's error code. */
  track?(watches: Watches, args: A, code: number): void;
}

/** An operation on one znode, the usual case. */
export interface PathArgs {
  readonly path: string;
}

export interface WatchArgs extends PathArgs {
  readonly watch?: boolean;
}

export const pathOf = ({ path }: PathArgs): string => path;

/** The operation on a path of the ensemble itself, whatever the chroot of the connection. */
export function atRoot<A, R>(operation: Operation<A, R>): Operation<A, R> {
  return {
    ...operation,
    write: (w, args) => w.withoutChroot(() => operation.write(w, args)),
    read: (r, args) => r.withoutChroot(() => operation.read(r, args)),
  };
}
