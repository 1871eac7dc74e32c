import * as vscode from 'vscode';

/** Names that only ZooKeeper's files have. */
export const isZooCfg = (path: string): boolean => /(?:^|\/)zoo[^/]*\.cfg$/i.test(path);
export const isDynamic = (path: string): boolean => /\.cfg\.dynamic[^/]*$/i.test(path);

/** Whether a document that can be edited may be a `zoo.cfg`, as far as its name tells. */
export const isCandidate = ({ uri }: vscode.TextDocument): boolean =>
  (/\.cfg$/i.test(uri.path) || isDynamic(uri.path)) &&
  // Sides of comparisons, such as `git:`, are not the file itself.
  (uri.scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true);
