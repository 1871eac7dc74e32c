import { displayName } from './znode/displayName';

/** What a line of the log of writes tells; never data, nor who may read them. */
export interface WrittenRow {
  readonly timeMs: number;
  readonly connection: string;
  readonly operation: string;
  readonly paths: readonly string[];
  readonly version?: number | undefined;
  readonly result: string;
}

const MOST_PATHS = 5;
const NAME_LENGTH = 100;
const PATH_LENGTH = 300;

/**
 * One line, of at most some 1,800 UTF-16 units, in which nothing is hidden: `2026-01-31T12:00:00.000Z
 * Prod  setData  /a  version 3  ok`. The parts are two blanks apart, and control and direction
 * characters appear as `\u{202e}`.
 */
export function writeLine({ timeMs, paths, version, ...row }: WrittenRow): string {
  const shown = paths.slice(0, MOST_PATHS).map((path) => displayName(path, PATH_LENGTH));
  const more = paths.length - shown.length;
  return [
    new Date(timeMs).toISOString(),
    displayName(row.connection, NAME_LENGTH),
    row.operation,
    shown.join(', ') + (more > 0 ? ` +${more}` : ''),
    ...(version === undefined || version === -1 ? [] : [`version ${version}`]),
    displayName(row.result, NAME_LENGTH),
  ].join('  ');
}
