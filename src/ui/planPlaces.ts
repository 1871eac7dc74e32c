import { findNodeAtLocation, getLocation, type Node, parseTree } from 'jsonc-parser';
import { type FieldPath, parsePath } from '../domain/capacity/plan/paths';

/** Part of a text, in characters. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The text of a plan's document, and where its values are. */
export class PlanPlaces {
  private readonly tree: Node | undefined;

  constructor(readonly text: string) {
    this.tree = unlessTooDeep(() => parseTree(text));
  }

  has(path: FieldPath): boolean {
    return this.nodeAt(path) !== undefined;
  }

  /**
   * Where to point for a path: at its value, at the name of an object or a list, or at the name of
   * what it is missing in.
   */
  spanOf(path: FieldPath): Span {
    const node = this.nodeAt(path);
    if (node) {
      const shown = node.type === 'object' || node.type === 'array' ? nameOf(node) : node;
      return spanOf(shown);
    }
    return path.length === 0 ? { from: 0, to: 1 } : this.spanOf(path.slice(0, -1));
  }

  /** The input that a problem names: models name some without their group. */
  inputAt(where: string): FieldPath {
    const path = parsePath(where);
    const groups = [[], ['pool'], ['otherLoad'], ['ensemble'], ['scenario']];
    return groups.map((group) => [...group, ...path]).find((one) => this.has(one)) ?? path;
  }

  /** The name of a value, with its quotes; undefined where there is none. */
  nameSpanOf(path: FieldPath): Span | undefined {
    const [name] = this.nodeAt(path)?.parent?.children ?? [];
    return name?.value === path.at(-1) ? name && spanOf(name) : undefined;
  }

  /** The path at a position, whether on the name or on the value. */
  pathAt(offset: number): FieldPath {
    return unlessTooDeep(() => getLocation(this.text, offset).path) ?? [];
  }

  private nodeAt(path: FieldPath): Node | undefined {
    return this.tree && findNodeAtLocation(this.tree, [...path]);
  }
}

/** Of an object or a list its name, or its first character where it has none. */
function nameOf(node: Node): Pick<Node, 'offset' | 'length'> {
  const [name] = node.parent?.type === 'property' ? (node.parent.children ?? []) : [];
  return name ?? { offset: node.offset, length: 1 };
}

const spanOf = ({ offset, length }: Pick<Node, 'offset' | 'length'>): Span => ({
  from: offset,
  to: offset + length,
});

/** The parser goes into each list and object by a call: no plan is as deep as calls can go. */
function unlessTooDeep<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
