import type * as vscode from 'vscode';
import { parsePath, ROOT, type ZPath } from '../../domain/znode/path';
import type { Session, Sessions } from '../../zk/sessions';
import { SCHEME } from '../contributions';
import type { Target } from '../target';

/** A znode of an open connection, which a command is about. */
export interface Subject {
  readonly session: Session;
  readonly path: ZPath;
  readonly target: Target;
}

export interface Place {
  readonly connectionId: string;
  readonly path: ZPath;
}

export interface SubjectPorts {
  readonly sessions: Pick<Sessions, 'get'>;
  readonly targetOf: (connectionId: string) => Target | undefined;
  /** What is selected in the tree, else what the active editor shows. */
  readonly selected: () => Place | undefined;
  readonly l10n: typeof vscode.l10n;
}

/** The znode of a command's argument (a row of the tree or a `zk:` URI), else the selected one. */
export function subjectOf(argument: unknown, ports: SubjectPorts): Subject {
  const { sessions, targetOf, selected, l10n } = ports;
  const place = placeOf(argument) ?? selected();
  if (!place) throw new Error(l10n.t('Select a znode in the Clusters view first.'));
  const { connectionId, path } = place;
  const target = targetOf(connectionId) ?? { name: connectionId };
  const session = sessions.get(connectionId);
  if (!session) throw new Error(l10n.t('Connect to {0} first.', target.name));
  return { session, path, target };
}

/** Rows are told by their shape and URIs by their scheme; other features' types are not known here. */
export function placeOf(argument: unknown): Place | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { connectionId, path, scheme, authority, kind } = argument as Record<string, unknown>;
  const id = scheme === SCHEME ? authority : connectionId;
  if (typeof id !== 'string') return undefined;
  if (kind === 'connection') return { connectionId: id, path: ROOT };
  const parsed = typeof path === 'string' ? parsePath(path || ROOT) : undefined;
  return parsed === undefined ? undefined : { connectionId: id, path: parsed };
}
