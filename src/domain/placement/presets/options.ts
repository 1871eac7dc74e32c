import type { Options, OptionSpec, OptionValue } from '../types';

/** Short forms for the options of presets. */
export function choice(
  name: string,
  help: string,
  values: readonly string[],
  first = values[0] ?? '',
): OptionSpec {
  return { name, help, values, default: first };
}

export function whole(
  name: string,
  help: string,
  value: number,
  minimum: number,
  maximum: number,
): OptionSpec {
  return { name, help, default: value, minimum, maximum };
}

export const toggle = (name: string, help: string, value: boolean): OptionSpec => ({
  name,
  help,
  default: value,
});

export const text = (options: Options, name: string): string => String(options[name] ?? '');
export const number = (options: Options, name: string): number => Number(options[name] ?? 0);
export const flag = (options: Options, name: string): OptionValue => options[name] === true;
