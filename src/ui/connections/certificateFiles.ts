import { readFile, stat } from 'node:fs/promises';
import type * as vscode from 'vscode';
import { locateFile, problemOfFilePath, type Folders } from '../../domain/connectionFiles';
import { locateTls } from '../../domain/connectionTls';
import type { Link } from '../secrets';
import { materialOf, needsPassphrase, type Material } from './keyMaterial';

/** Certificates and keys are small; whatever is larger is something else. */
const LIMIT_BYTES = 4 << 20;

/** The files of this machine that the TLS settings of a profile name. */
export interface CertificateFiles {
  readonly folders: () => Folders;
  /** The content of a file; rejects when it isn't there or can't be read. */
  readonly read: (file: string) => Promise<Uint8Array>;
}

/** Reads a regular file that may be a certificate or a key. */
export async function readCertificateFile(file: string): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size > LIMIT_BYTES) throw new Error('too large');
  return readFile(file);
}

/** The same profile with absolute paths, which is what everything but the setting works with. */
export function located<T extends Link>(profile: T, files: CertificateFiles): T {
  return profile.tls ? { ...profile, tls: locateTls(profile.tls, files.folders()) } : profile;
}

/** Why a text isn't the path of a file that can be read now; it names the file. */
export async function problemOfFile(
  path: string,
  files: CertificateFiles,
  l10n: typeof vscode.l10n,
): Promise<string | undefined> {
  switch (problemOfFilePath(path, 'user')) {
    case 'notAbsolute':
      return l10n.t('Enter the whole path of the file. It may start with ~/.');
    case 'workspaceOnly':
      return l10n.t('Only the settings of a workspace may start a path with ${workspaceFolder}.');
    case undefined:
      return (await tryRead(locateFile(path, files.folders()), files))
        ? undefined
        : l10n.t('The file {0} does not exist or cannot be read.', path);
  }
}

/** What the file of a wizard's answer has in it. */
export async function materialAt(path: string, files: CertificateFiles): Promise<Material> {
  const content = await tryRead(locateFile(path, files.folders()), files);
  return content ? materialOf(content) : { kind: 'unknown' };
}

/** What has to be known of a link's files before it is opened. */
export type FilesCheck =
  | { readonly kind: 'ready' }
  /** The key in `file` is locked; `content` tells whether a passphrase opens it. */
  | { readonly kind: 'locked'; readonly file: string; readonly content: Uint8Array }
  | { readonly kind: 'unreadable'; readonly file: string };

/** Looks at the files of a link with absolute paths. */
export async function checkFiles({ tls }: Link, files: CertificateFiles): Promise<FilesCheck> {
  if (!tls) return { kind: 'ready' };
  const keyFile = tls.pfxFile ?? tls.keyFile ?? tls.certFile;
  let result: FilesCheck = { kind: 'ready' };
  for (const file of new Set([tls.caFile, tls.certFile, keyFile])) {
    if (file === undefined) continue;
    const content = await tryRead(file, files);
    if (!content) return { kind: 'unreadable', file };
    if (file === keyFile && needsPassphrase(materialOf(content))) {
      result = { kind: 'locked', file, content };
    }
  }
  return result;
}

async function tryRead(file: string, files: CertificateFiles): Promise<Uint8Array | undefined> {
  try {
    return await files.read(file);
  } catch {
    return undefined; // the caller names the file
  }
}
