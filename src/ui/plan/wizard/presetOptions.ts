import type * as vscode from 'vscode';
import { findPreset } from '../../../domain/placement/presets';
import type { Options, OptionSpec, OptionValue } from '../../../domain/placement/types';

type L10n = typeof vscode.l10n;

export function formatOptions(options: unknown): string {
  if (typeof options !== 'object' || options === null) return '';
  return Object.entries(options)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(', ');
}

/** What is wrong with options of a preset; undefined when they fit. */
export function optionsProblem(text: string, preset: string, { t }: L10n): string | undefined {
  const specs = findPreset(preset)?.options ?? [];
  for (const [name, value] of pairs(text)) {
    const spec = specs.find((one) => one.name === name);
    if (!spec) {
      return specs.length === 0
        ? t('{0} has no options. Leave this empty.', preset)
        : t('Options of {0} are {1}.', preset, specs.map((one) => one.name).join(', '));
    }
    if (typed(value, spec) === undefined) {
      return t('{0} cannot be {1}: {2}', name, value === '' ? '""' : value, valuesOf(spec, t));
    }
  }
  return undefined;
}

export function parseOptions(text: string, preset: string): Options {
  const specs = findPreset(preset)?.options ?? [];
  return Object.fromEntries(
    pairs(text).flatMap(([name, value]) => {
      const spec = specs.find((one) => one.name === name);
      const read = spec && typed(value, spec);
      return read === undefined ? [] : [[name, read] as const];
    }),
  );
}

function pairs(text: string): (readonly [string, string])[] {
  if (text.trim() === '') return [];
  return text.split(',').map((part) => {
    const [name = '', ...value] = part.split('=');
    return [name.trim(), value.join('=').trim()];
  });
}

function typed(value: string, spec: OptionSpec): OptionValue | undefined {
  const { default: fallback, values, minimum = -Infinity, maximum = Infinity, real } = spec;
  if (values) return values.includes(value) ? value : undefined;
  if (typeof fallback === 'string') return value;
  if (typeof fallback === 'boolean') return { true: true, false: false }[value];
  const number = value === '' ? NaN : Number(value);
  const fits =
    number >= minimum && number <= maximum && (real === true || Number.isInteger(number));
  return fits ? number : undefined;
}

function valuesOf({ values, default: fallback, minimum, maximum }: OptionSpec, t: L10n['t']) {
  if (values) return values.join(', ');
  if (typeof fallback === 'boolean') return 'true, false';
  return t('a number from {0} to {1}', minimum ?? '−∞', maximum ?? '∞');
}
