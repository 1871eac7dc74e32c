import { KINDS } from '../../domain/membership/kinds';
import { parseKeySource, parseLoad, parseRates, parseWhatIf } from '../../domain/ring/parseChoices';
import type { RingChoices } from '../../domain/ring/choices';
import type { FromRingPage } from '../../protocol/ring';

const MAX_REPLICAS = 10;
const MAX_EXPONENT = 5;

/** Choices after what the user did on the page; the same object when that chooses nothing. */
export function choose(choices: RingChoices, message: FromRingPage): RingChoices {
  switch (message.type) {
    case 'kind':
      return { ...choices, members: withLayout(choices.members, message.kind) };
    case 'preset':
      return { ...choices, preset: message.id, options: {} };
    case 'option':
      return { ...choices, options: { ...choices.options, [message.name]: message.value } };
    case 'whatIf':
      return { ...choices, whatIf: parseWhatIf(message.whatIf) };
    case 'keySource':
      return withOnly(choices, 'keys', parseKeySource(message.source));
    case 'popularity':
      return withOnly(choices, 'popularity', positive(message.exponent));
    case 'replicas': {
      const count = Math.min(MAX_REPLICAS, Math.max(1, Math.floor(message.count) || 1));
      const more = withOnly(choices, 'replicas', count > 1 ? count : undefined);
      return withOnly(more, 'distinctZones', message.distinctZones || undefined);
    }
    case 'rates':
      return withOnly(choices, 'rates', parseRates(message.rates));
    case 'load':
      return withOnly(choices, 'load', parseLoad(message.load));
    case 'ready':
    case 'typed':
    case 'chooseKeys':
    case 'chooseLoad':
    case 'suggestWeights':
    case 'compare':
    case 'save':
    case 'image':
      return choices;
  }
}

function withLayout(members: RingChoices['members'], kind: string): RingChoices['members'] {
  if (!('path' in members)) return members;
  const { connection, path } = members;
  const layout = KINDS.find((one) => one === kind);
  return { connection, path, ...(layout && { layout }) };
}

/** Choices with one that may be absent. */
export function withOnly<K extends keyof RingChoices>(
  choices: RingChoices,
  name: K,
  value: RingChoices[K] | undefined,
): RingChoices {
  const entries = Object.entries(choices).filter(([other]) => other !== name);
  if (value !== undefined) entries.push([name, value]);
  return Object.fromEntries(entries) as unknown as RingChoices;
}

const positive = (value: number | undefined): number | undefined =>
  value !== undefined && value > 0 && value <= MAX_EXPONENT ? value : undefined;
