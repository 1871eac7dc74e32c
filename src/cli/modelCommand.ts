import { ENSEMBLE_MODELS } from '../domain/capacity/ensemble/models';
import { POOL_MODELS } from '../domain/capacity/pool/models';
import { MODELS, runModel } from '../domain/capacity/queueing/models';
import type { Key, Model } from '../domain/capacity/queueing/models/model';
import { readValues } from '../domain/capacity/queueing/models/parameters';
import { isProblems } from '../domain/capacity/result';
import { UsageError } from './command';
import { write } from './output';

const ALL: ReadonlyMap<string, Model> = new Map([...MODELS, ...ENSEMBLE_MODELS, ...POOL_MODELS]);

/** `zkw model --list`: names with what they compute, and their keys. */
export async function listModels(json: boolean): Promise<number> {
  const models = [...ALL.values()];
  const text = json
    ? `${JSON.stringify(
        models.map(({ name, help, page, keys }) => ({ name, help, page, keys })),
        null,
        2,
      )}\n`
    : models
        .map(({ name, help, keys }) => `${name}\t${keys.map(keyText).join(' ')}\t${help}\n`)
        .join('');
  await write(text);
  return 0;
}

/** A key as it is written; brackets around what may be left out. */
function keyText({ name, default: value, optional }: Key): string {
  if (value !== undefined) return `[${name}=${value}]`;
  return optional === true ? `[${name}]` : name;
}

/** `zkw model NAME key=value…`: one model's results as JSON. */
export async function printModel(name: string, pairs: readonly string[]): Promise<number> {
  const model = ALL.get(name);
  if (model === undefined) {
    throw new UsageError(`there is no model ${name.slice(0, 40)}; zkw model --list names them`);
  }
  const texts: Record<string, string> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`${name} takes key=value, not ${pair.slice(0, 40)}`);
    const key = pair.slice(0, at);
    if (Object.hasOwn(texts, key)) throw new UsageError(`${key.slice(0, 40)} is given twice`);
    texts[key] = pair.slice(at + 1);
  }
  const results = MODELS.has(name) ? runModel(name, texts) : compute(model, texts);
  if (isProblems(results)) throw new UsageError(results.map(({ message }) => message).join(' '));
  await write(`${JSON.stringify(results, null, 2)}\n`);
  return 0;
}

function compute(model: Model, texts: Record<string, string>) {
  const values = readValues(model, texts);
  return isProblems(values) ? values : model.compute(values);
}
