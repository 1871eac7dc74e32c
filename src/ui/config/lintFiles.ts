import type * as vscode from 'vscode';

/** Names that only ZooKeeper's files have. */
export const isZooCfg = (path: string): boolean => /(?:^|\/)zoo[^/]*\.cfg$/i.test(path);
export const isDynamic = (path: string): boolean => /\.cfg\.dynamic[^/]*$/i.test(path);

/** Whether a document may be a `zoo.cfg`: by its name, or as far as its name tells. */
export const isCandidate = ({ uri }: vscode.TextDocument): boolean =>
  uri.scheme !== 'zkplan-preview' && (/\.cfg$/i.test(uri.path) || isDynamic(uri.path));
