import type { Problem } from '../../placement/types';
import { isProblems, problem, type Result } from '../result';
import { GENERAL } from './models/general';
import { LAWS } from './models/laws';
import type { Model } from './models/model';
import { NETWORKS } from './models/networks';
import { readValues } from './models/parameters';
import { QUEUES } from './models/queues';

/** All models by name, for `zkw model NAME key=value…` and for pickers. */
export const MODELS: ReadonlyMap<string, Model> = new Map(
  [...QUEUES, ...GENERAL, ...NETWORKS, ...LAWS].map((model) => [model.name, model]),
);

/** Computes a model from texts; lists are divided by commas, rows of a matrix by `/`. */
export function runModel(
  name: string,
  texts: Readonly<Record<string, string>>,
): Result[] | Problem[] {
  const model = MODELS.get(name);
  if (model === undefined) {
    const known = [...MODELS.keys()].join(', ');
    const message = `There is no model ${name.slice(0, 40)}; take one of ${known}.`;
    return [problem('unknownModel', 'model', message)];
  }
  const values = readValues(model, texts);
  if (isProblems(values)) return values;
  const outcome = model.compute(values);
  return isProblems(outcome) ? outcome.map((found) => inKeysOf(model, found)) : outcome;
}

/** Says where in the words of the command line. */
function inKeysOf(model: Model, found: Problem): Problem {
  const [field = ''] = /^\w+/.exec(found.where) ?? [];
  const key = model.keys.find((candidate) => candidate.field === field);
  if (key === undefined) return found;
  const message = found.message.startsWith(`${field} `)
    ? key.name + found.message.slice(field.length)
    : found.message;
  return { ...found, message, where: key.name + found.where.slice(field.length) };
}
