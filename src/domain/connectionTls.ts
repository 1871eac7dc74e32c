import type { ConnectionProfile } from './connection';
import { locateFile, problemOfFilePath, type Folders } from './connectionFiles';

/**
 * How a profile speaks TLS; an empty one trusts the usual authorities. Files are absolute paths, or
 * start with `~/` or, in presets of a workspace, with `${workspaceFolder}/`.
 */
export interface TlsSettings {
  /** PEM file of the authorities to trust, instead of the usual ones. */
  readonly caFile?: string;
  /** The client's certificate in PEM, with its key unless `keyFile` has it. */
  readonly certFile?: string;
  readonly keyFile?: string;
  /** Certificate and key of the client in PKCS#12. */
  readonly pfxFile?: string;
  /** Whether the certificate of the server must name its host. On unless switched off. */
  readonly verifyServerName?: boolean;
}

const FILES = ['caFile', 'certFile', 'keyFile', 'pfxFile'] as const;
const KEYS: ReadonlySet<string> = new Set([...FILES, 'verifyServerName']);

/** Reads `tls` of an entry, or says what is wrong: nothing faulty is taken for less security. */
export function parseTls(raw: unknown, origin: ConnectionProfile['origin']): TlsSettings | string {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return '"tls" must be an object';
  }
  const given = raw as Record<string, unknown>;
  const { verifyServerName } = given;
  const files: Partial<Record<(typeof FILES)[number], string>> = {};
  for (const key of FILES) {
    const path = given[key];
    if (path === undefined) continue;
    if (typeof path !== 'string') return `"tls.${key}" must be a text`;
    const problem = problemOfFilePath(path, origin);
    if (problem) return `"tls.${key}" ${FILE_PROBLEMS[problem]}`;
    files[key] = path;
  }
  if (files.pfxFile && (files.certFile || files.keyFile)) {
    return '"tls.pfxFile" has certificate and key: leave out "certFile" and "keyFile"';
  }
  if (files.keyFile && !files.certFile) return '"tls.keyFile" needs "certFile"';
  if (verifyServerName === undefined) return files;
  if (typeof verifyServerName !== 'boolean') return '"tls.verifyServerName" must be true or false';
  return { ...files, verifyServerName };
}

const FILE_PROBLEMS = {
  notAbsolute: 'must be an absolute path or start with ~/',
  workspaceOnly: 'may start with ${workspaceFolder} only in the settings of a workspace',
};

/** The same with absolute paths. */
export function locateTls(tls: TlsSettings, folders: Folders): TlsSettings {
  const located: Partial<Record<(typeof FILES)[number], string>> = {};
  for (const key of FILES) {
    const path = tls[key];
    if (path !== undefined) located[key] = locateFile(path, folders);
  }
  return { ...tls, ...located };
}

/** What to save in place of `raw`: its keys that we don't know are kept. */
export function withTls(raw: unknown, tls: TlsSettings): object {
  const before = typeof raw === 'object' && raw !== null ? Object.entries(raw) : [];
  return { ...Object.fromEntries(before.filter(([key]) => !KEYS.has(key))), ...tls };
}
