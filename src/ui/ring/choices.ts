import type { MembershipKind } from '../../domain/membership/detect';
import type { Options, OptionValue } from '../../domain/placement/types';
import { parsePath } from '../../domain/znode/path';
import type { FromRingPage, RingChoices, WhatIf } from '../../protocol/ring';

export const KINDS: readonly MembershipKind[] = [
  ...(['addressNames', 'json', 'curator', 'dubbo', 'sofaRpc', 'serverset', 'kafka'] as const),
  ...(['solrLiveNodes', 'solrState', 'codisGroup', 'codisProxy', 'hbase', 'helix'] as const),
  ...(['helixConfig', 'druid', 'motan', 'elasticJob'] as const),
];

const MAX_CHANGES = 200;
const MAX_ADDRESS = 300;

/** Choices as VS Code kept them for a window that was reloaded; undefined when they make no sense. */
export function parseChoices(state: unknown): RingChoices | undefined {
  const { connectionId, path, kind, preset, options, whatIf } = objectOf(
    objectOf(state)['choices'],
  );
  if (typeof connectionId !== 'string' || typeof path !== 'string') return undefined;
  if (parsePath(path) === undefined) return undefined;
  const known = KINDS.find((one) => one === kind);
  return {
    connectionId,
    path,
    ...(known && { kind: known }),
    ...(typeof preset === 'string' && { preset }),
    options: parseOptions(options),
    whatIf: parseWhatIf(whatIf),
  };
}

/** Choices after what the user did on the page; the same object when that chooses nothing. */
export function choose(choices: RingChoices, message: FromRingPage): RingChoices {
  switch (message.type) {
    case 'kind':
      return { ...choices, kind: KINDS.find((one) => one === message.kind) };
    case 'preset':
      return { ...choices, preset: message.id, options: {} };
    case 'option':
      return { ...choices, options: { ...choices.options, [message.name]: message.value } };
    case 'whatIf':
      return { ...choices, whatIf: parseWhatIf(message.whatIf) };
    case 'ready':
    case 'keys':
      return choices;
  }
}

function parseOptions(value: unknown): Options {
  const isOption = (entry: [string, unknown]): entry is [string, OptionValue] =>
    ['string', 'number', 'boolean'].includes(typeof entry[1]);
  return Object.fromEntries(Object.entries(objectOf(value)).slice(0, 20).filter(isOption));
}

function parseWhatIf(value: unknown): WhatIf {
  const { removed, added, preset } = objectOf(value);
  return {
    removed: addresses(removed),
    added: addresses(added),
    ...(typeof preset === 'string' && preset !== '' && { preset }),
  };
}

function addresses(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  const texts = value.filter((one): one is string => typeof one === 'string');
  return [...new Set(texts.slice(0, MAX_CHANGES).map((one) => one.trim().slice(0, MAX_ADDRESS)))];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
