import { addressOf } from './address';
import { field, readObject, textField } from './json';
import {
  type ChildInput,
  type Draft,
  type MembershipInput,
  type MemberState,
  type Report,
} from './member';

export const SERVERSET_NAME = /^(?:member|vector)_\d{10}$/;

interface Rule {
  readonly select: string;
  readonly weight: number;
}

/**
 * A serverset of Finagle and Aurora (`serverset2/Entry.scala`, `Vector.scala`): `member_…` registers
 * an endpoint with a status, `vector_…` weighs the members that its selectors name. The weight of a
 * member is the product of all weights that match, 1 without any.
 */
export function parseServerset(
  input: MembershipInput,
  report: Report,
): { readonly child: ChildInput; readonly draft: Draft }[] {
  const rules = input.children.filter(isVector).flatMap((child) => rulesOf(child, report));
  const weights = weightsBySelector(rules);
  return input.children
    .filter((child) => !isVector(child))
    .flatMap((child) => {
      const draft = parseEntry(child, weights);
      if (typeof draft !== 'string') return { child, draft };
      report(child.name, draft);
      return [];
    });
}

function parseEntry(
  { name, data }: ChildInput,
  weights: ReadonlyMap<string, number>,
): Draft | string {
  const entry = readObject(data);
  if (typeof entry === 'string') return entry;
  const endpoint = field(entry, 'serviceEndpoint');
  const address = addressOf(field(endpoint, 'host'), field(endpoint, 'port'));
  if (address === undefined) return 'has no usable "serviceEndpoint" with "host" and "port"';
  const shard = field(entry, 'shard');
  const id = Number.isInteger(shard) ? (shard as number) : undefined;
  const selectors = [
    `inet=${address}`,
    `member=${name}`,
    ...(id === undefined ? [] : [`shard=${id}`]),
  ];
  const matches = selectors.flatMap((selector) => weights.get(selector) ?? []);
  return {
    address,
    id,
    weight: matches.length > 0 ? matches.reduce((a, b) => a * b, 1) : undefined,
    state: stateOf(textField(entry, 'status')),
  };
}

/** `Status` of Finagle's thrift `endpoint.thrift`; a member without one counts as alive. */
function stateOf(status: string | undefined): MemberState | undefined {
  switch (status) {
    case undefined:
    case 'ALIVE':
      return undefined;
    case 'STOPPING':
      return 'draining';
    default:
      return 'down';
  }
}

function isVector({ name }: ChildInput): boolean {
  return name.startsWith('vector_');
}

function rulesOf({ name, data }: ChildInput, report: Report): Rule[] {
  const object = readObject(data);
  const vector = typeof object === 'string' ? object : field(object, 'vector');
  if (!Array.isArray(vector)) {
    report(name, typeof vector === 'string' ? vector : 'has no list "vector"');
    return [];
  }
  const rules = vector.flatMap((item: unknown) => {
    const [select, weight] = [textField(item, 'select'), field(item, 'weight')];
    const isRule = /^(?:inet|member|shard)=[^/|]+$/.test(select ?? '') && isWeight(weight);
    return isRule ? { select: select ?? '', weight } : [];
  });
  if (rules.length < vector.length) report(name, 'has selectors that are not understood');
  return rules;
}

function isWeight(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}

function weightsBySelector(rules: readonly Rule[]): Map<string, number> {
  const weights = new Map<string, number>();
  for (const { select, weight } of rules) weights.set(select, (weights.get(select) ?? 1) * weight);
  return weights;
}
