import type { AclEntry } from '../../../domain/znode/acl';

/** A persistent znode of the sample. Ancestors that nobody declares are made without data. */
export interface SampleNode {
  readonly path: string;
  readonly data?: string | Uint8Array;
  readonly acl?: readonly AclEntry[];
}

/** Declares the children of one znode: what their data are, by name. */
export function below(
  parent: string,
  children: Readonly<Record<string, string | Uint8Array>>,
): SampleNode[] {
  return Object.entries(children).map(([name, data]) => ({ path: `${parent}/${name}`, data }));
}

/** JSON as most programs write it into a znode: on one line. */
export function compact(value: unknown): string {
  return JSON.stringify(value);
}

/** JSON as a person wrote it. */
export function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
