import { parseArgs, type ParseArgsConfig } from 'node:util';
import { messageOf } from '../base/assert';

/** Exit codes beside 0. */
export const FAILED = 1;
export const USAGE = 2;

/** The command line itself is wrong, in contrast to what it names. */
export class UsageError extends Error {}

export type OptionTable = NonNullable<ParseArgsConfig['options']>;

/** Commands that share their options. The texts are parts of `zkw --help`. */
export interface CommandGroup {
  readonly names: readonly string[];
  readonly usage: string;
  readonly options: OptionTable;
  readonly optionHelp: string;
  readonly environment?: string;
  /** Runs the command in `argv` and returns the exit code. */
  run(argv: string[]): Promise<number>;
}

/** Options and positionals of `argv`, which may hold no other options than these. */
export function readArguments<T extends OptionTable>(argv: string[], options: T) {
  try {
    return parseArgs({ args: argv, allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}
