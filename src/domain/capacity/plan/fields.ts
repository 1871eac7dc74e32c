/**
 * The parts that an input document is described with. Parser, JSON schema and types all come from
 * one such description, so that they cannot disagree.
 */
export interface NumberField {
  readonly kind: 'number';
  readonly help: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly whole: boolean;
  /** Absent: the field must be given. */
  readonly default?: number;
  /** What most installations have, from and to. */
  readonly typical?: readonly [number, number];
}

export interface ChoiceField<V extends string = string> {
  readonly kind: 'choice';
  readonly help: string;
  readonly values: readonly V[];
  readonly default?: V;
}

export interface FlagField {
  readonly kind: 'flag';
  readonly help: string;
  readonly default: boolean;
}

export interface TextField {
  readonly kind: 'text';
  readonly help: string;
  readonly default?: string;
}

/** Names and values of any kind, such as options of a placement preset. */
export interface OptionsField {
  readonly kind: 'options';
  readonly help: string;
}

export interface ListField<F extends Field = Field> {
  readonly kind: 'list';
  readonly help: string;
  readonly item: F;
  /** 0: the list may be left out. */
  readonly least: number;
}

export interface GroupField<F extends Fields = Fields> {
  readonly kind: 'group';
  readonly help: string;
  readonly fields: F;
}

/** One of several groups, told apart by its `kind`; may be absent. */
export interface VariantField<V extends Readonly<Record<string, Fields>> = Variants> {
  readonly kind: 'variant';
  readonly help: string;
  readonly variants: V;
  /** What each of them is, in a few words. */
  readonly about: { readonly [K in keyof V]: string };
}

// An index signature, since a record of itself would be circular.
// eslint-disable-next-line @typescript-eslint/consistent-indexed-object-style
export interface Fields {
  readonly [name: string]: Field;
}
type Variants = Readonly<Record<string, Fields>>;
export type Field =
  | NumberField
  | ChoiceField
  | FlagField
  | TextField
  | OptionsField
  | { readonly kind: 'list'; readonly help: string; readonly item: Field; readonly least: number }
  | { readonly kind: 'group'; readonly help: string; readonly fields: Fields }
  | {
      readonly kind: 'variant';
      readonly help: string;
      readonly variants: Variants;
      readonly about: Readonly<Record<string, string>>;
    };

export type OptionValues = Readonly<Record<string, string | number | boolean>>;

/** The value that a field describes, with all defaults filled in. */
export type ValueOf<F> = F extends NumberField
  ? number
  : F extends ChoiceField<infer V>
    ? V
    : F extends FlagField
      ? boolean
      : F extends TextField
        ? string
        : F extends OptionsField
          ? OptionValues
          : F extends { readonly kind: 'list'; readonly item: infer I }
            ? readonly ValueOf<I>[]
            : F extends { readonly kind: 'group'; readonly fields: infer G }
              ? GroupOf<G>
              : F extends { readonly kind: 'variant'; readonly variants: infer V }
                ? { [K in keyof V]: { readonly kind: K } & GroupOf<V[K]> }[keyof V] | undefined
                : never;

export type GroupOf<G> = { readonly [K in keyof G]: ValueOf<G[K]> };

/** More entries than any real plan has are refused. */
export const MAX_ENTRIES = 1000;
export const MAX_TEXT = 200;

type Range = { readonly least?: number; readonly most?: number } & Pick<
  NumberField,
  'default' | 'typical'
>;

/** Limits from here on only keep arithmetic in bounds. */
export const HUGE = 1e15;

const numberField = (help: string, whole: boolean, range: Range): NumberField => ({
  kind: 'number',
  help,
  minimum: range.least ?? 0,
  maximum: range.most ?? HUGE,
  whole,
  ...(range.default === undefined ? {} : { default: range.default }),
  ...(range.typical === undefined ? {} : { typical: range.typical }),
});

/** A number from 0 up, unless the range says otherwise. */
export const real = (help: string, range: Range = {}): NumberField =>
  numberField(help, false, range);

export const whole = (help: string, range: Range = {}): NumberField =>
  numberField(help, true, range);

/** A part of a whole, 0 to 1. */
export const share = (help: string, value?: number): NumberField =>
  numberField(help, false, { most: 1, ...(value === undefined ? {} : { default: value }) });

export const flag = (help: string, value: boolean): FlagField => ({
  kind: 'flag',
  help,
  default: value,
});

export const choice = <V extends string>(
  help: string,
  values: readonly V[],
  value?: V,
): ChoiceField<V> => ({
  kind: 'choice',
  help,
  values,
  ...(value === undefined ? {} : { default: value }),
});

export const list = <F extends Field>(help: string, item: F, least = 0): ListField<F> => ({
  kind: 'list',
  help,
  item,
  least,
});

export const group = <F extends Fields>(help: string, fields: F): GroupField<F> => ({
  kind: 'group',
  help,
  fields,
});
