import type { ConnectionProfile } from './connection';

/** The folders of this machine that a path in a profile may start from. */
export interface Folders {
  readonly home: string;
  /** Undefined when no folder of this machine is open. */
  readonly workspace: string | undefined;
}

export type FilePathProblem =
  'notAbsolute' /** Only a preset of a workspace may say `${workspaceFolder}`. */ | 'workspaceOnly';

const HOME = /^~(?=[\\/])/;
const WORKSPACE = /^\$\{workspaceFolder\}(?=[\\/])/;
/** POSIX, a Windows drive, or a Windows share. */
const ABSOLUTE = /^(\/|[A-Za-z]:[\\/]|\\\\)/;

/** Why a text can't be the path of a file in a profile. */
export function problemOfFilePath(
  path: string,
  origin: ConnectionProfile['origin'],
): FilePathProblem | undefined {
  if (ABSOLUTE.test(path) || HOME.test(path)) return undefined;
  if (!WORKSPACE.test(path)) return 'notAbsolute';
  return origin === 'workspace' ? undefined : 'workspaceOnly';
}

/** The absolute path; one that leads nowhere on this machine is left as it is. */
export function locateFile(path: string, { home, workspace }: Folders): string {
  const inHome = path.replace(HOME, () => home);
  return workspace === undefined ? inHome : inHome.replace(WORKSPACE, () => workspace);
}
