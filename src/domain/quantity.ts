/** A name of a unit, and how many of the kept unit it is. */
type Unit = readonly [name: string, factor: number];

/** What a number means: the unit that it is kept in, and the others that may be written instead. */
export interface Measure {
  /** The unit that numbers are kept in; empty for counts. */
  readonly unit: string;
  /**
   * The unit of a bare number. Without it every number but 0 needs its unit: of sizes and times one
   * means GB or days and types as much, so that a guess would be wrong without a word.
   */
  readonly bare?: string;
  /** A bare number up to this one could mean two things: it needs its unit, too. */
  readonly unsureUpTo?: number;
  /** What may follow a number, the kept unit first; these are written, too. */
  readonly units: readonly Unit[];
  /** Units that are understood but not written. */
  readonly aliases: readonly Unit[];
  /** For people who wonder what to type. */
  readonly examples: readonly [string, string];
}

const THOUSANDS: readonly Unit[] = [
  ['', 1],
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
];

const scaled = (units: readonly Unit[], prefixes = THOUSANDS): Unit[] =>
  units.flatMap(([unit, each]) =>
    prefixes.map(([prefix, factor]) => [`${prefix}${unit}`, each * factor] as const),
  );

const BINARY: readonly Unit[] = [
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
  ['Ti', 2 ** 40],
];
const byteUnits = (ending: string): Unit[] => [
  ...scaled([[`B${ending}`, 1]]),
  ...scaled([[`B${ending}`, 1]], BINARY),
];

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Times in seconds by name; `kept` is the one that numbers are in. */
const times = (kept: number): { units: Unit[]; aliases: Unit[] } => {
  const named = (all: readonly Unit[]): Unit[] =>
    all.map(([name, seconds]) => [name, seconds / kept]);
  return {
    units: named([
      ['µs', 1e-6],
      ['ms', 1e-3],
      ['s', 1],
      ['min', MINUTE],
      ['h', HOUR],
      ['d', DAY],
    ]),
    aliases: named([
      ...(['us', 'μs'] as const).map((name) => [name, 1e-6] as const),
      ...(['sec', 'secs', 'second', 'seconds'] as const).map((name) => [name, 1] as const),
      ...(['mins', 'minute', 'minutes'] as const).map((name) => [name, MINUTE] as const),
      ...(['hour', 'hours'] as const).map((name) => [name, HOUR] as const),
      ...(['day', 'days'] as const).map((name) => [name, DAY] as const),
    ]),
  };
};

export const COUNT: Measure = {
  unit: '',
  bare: '',
  units: THOUSANDS,
  aliases: [['K', 1e3]],
  examples: ['500', '20k'],
};

export const PER_SECOND: Measure = {
  unit: '/s',
  bare: '/s',
  units: [...scaled([['/s', 1]]), ['/min', 1 / MINUTE], ['/h', 1 / HOUR]],
  aliases: [
    ...scaled([
      ['ops/s', 1],
      ['req/s', 1],
      ['rps', 1],
      ['', 1],
    ]),
    ...(['K/s', 'K'] as const).map((name) => [name, 1e3] as const),
    ['/d', 1 / DAY],
  ],
  examples: ['500/s', '20k/s'],
};

export const PER_HOUR: Measure = {
  unit: '/h',
  bare: '/h',
  units: [
    ['/h', 1],
    ['/min', MINUTE],
    ['/d', HOUR / DAY],
  ],
  aliases: [['/s', HOUR]],
  examples: ['2/h', '10/d'],
};

export const MILLISECONDS: Measure = { unit: 'ms', ...times(1e-3), examples: ['5 ms', '1.5 s'] };
export const SECONDS: Measure = { unit: 's', ...times(1), examples: ['30 s', '10 min'] };
export const HOURS: Measure = { unit: 'h', ...times(HOUR), examples: ['4 h', '3 d'] };

export const MONTHS: Measure = {
  unit: 'months',
  units: [
    ['months', 1],
    ['years', 12],
  ],
  aliases: [
    ['month', 1],
    ['year', 12],
  ],
  examples: ['6 months', '2 years'],
};

export const MINUTES_PER_YEAR: Measure = {
  unit: 'min/year',
  units: [
    ['s/year', 1 / MINUTE],
    ['min/year', 1],
    ['h/year', MINUTE],
  ],
  aliases: [
    ['s', 1 / MINUTE],
    ['min', 1],
    ['h', MINUTE],
  ],
  examples: ['10 min/year', '2 h/year'],
};

export const BYTES: Measure = {
  unit: 'B',
  units: byteUnits(''),
  aliases: [
    ['bytes', 1],
    ['KB', 1e3],
  ],
  examples: ['512 MiB', '1.5 GB'],
};

/** Of networks a small `b` is a bit: `10 Gb/s` are no 10 GB/s. */
const BITS: readonly Unit[] = [
  ['bit/s', 1 / 8],
  ['b/s', 1 / 8],
  ['bps', 1 / 8],
];

export const BYTES_PER_SECOND: Measure = {
  unit: 'B/s',
  units: byteUnits('/s'),
  aliases: [
    ['KB/s', 1e3],
    ...scaled([...BITS, ['Bps', 1]]),
    ...scaled([...BITS, ['Bps', 1]], BINARY),
  ],
  examples: ['125 MB/s', '10 Gbit/s'],
};

/** Parts of a whole, kept as 0 to 1 and written as percent. */
export const SHARE: Measure = {
  unit: 'of 1',
  bare: '%',
  unsureUpTo: 1, // 0.9 may be 90 % to one and 0.9 % to another
  units: [['%', 0.01]],
  aliases: [['of1', 1]],
  examples: ['70 %', '99.9 %'],
};

export const DOLLARS: Measure = {
  unit: 'USD',
  bare: 'USD',
  units: [['USD', 1]],
  aliases: [['$', 1], ...scaled([['', 1]])],
  examples: ['110 USD', '2k'],
};

const NUMBER =
  /^\s*([+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,30})?(?:\.\d{1,30})?(?:e[+-]?\d{1,3})?)(.*)$/is;

/** A number without a unit; thousands may have commas. */
export function bareNumber(text: string): number | undefined {
  const { number, name } = split(text);
  return name === '' ? number : undefined;
}

function split(text: string): { readonly number: number | undefined; readonly name: string } {
  const [, digits = '', rest = ''] = NUMBER.exec(text) ?? [];
  const number = Number(digits.replaceAll(',', ''));
  const isNumber = /\d/.test(digits) && Number.isFinite(number);
  return { number: isNumber ? number : undefined, name: rest.replace(/\s+/g, '') };
}

/**
 * `20k/s`, `5 ms`, `1.5 GB`, `99.9 %`, or a bare number where its meaning is plain, in the measure's
 * kept unit. Undefined when it is no number of it. Case only counts where units differ by nothing else.
 */
export function parseQuantity(text: string, measure: Measure): number | undefined {
  const { number, name } = split(text);
  if (number === undefined) return undefined;
  const { bare, unsureUpTo = 0 } = measure;
  if (name !== '') return inUnit(number, name, measure);
  if (number === 0) return 0;
  const isPlain = bare !== undefined && (unsureUpTo === 0 || Math.abs(number) > unsureUpTo);
  return isPlain ? inUnit(number, bare, measure) : undefined;
}

function inUnit(number: number, name: string, measure: Measure): number | undefined {
  const alike = alikeUnits(name, measure);
  const unit = alike.find(([one]) => one === name) ?? (alike.length === 1 ? alike[0] : undefined);
  return unit === undefined ? undefined : product(number, unit[1]);
}

/** The units that differ from a name in case alone, of those that mean the same the first. */
function alikeUnits(name: string, { units, aliases }: Measure): Unit[] {
  const lower = name.toLowerCase();
  const alike = [...units, ...aliases].filter(([one]) => one.toLowerCase() === lower);
  return alike.filter(
    ([one, factor], at) => one === name || alike.findIndex(([, each]) => each === factor) === at,
  );
}

/** What a text may mean that is no number of a measure only since case would tell its units apart. */
export function readings(text: string, measure: Measure): string[] {
  const { number, name } = split(text);
  if (number === undefined || name === '' || parseQuantity(text, measure) !== undefined) return [];
  return alikeUnits(name, measure).map(([unit]) => joined(String(number), unit));
}

/** Decimal fractions and factors such as 0.01 have no exact binary form: 15 digits are right. */
function product(number: number, factor: number): number {
  const exact = number * factor;
  return factor === 1 || Number.isInteger(exact) ? exact : Number(exact.toPrecision(15));
}

/** The shortest text that `parseQuantity` reads as exactly this number. */
export function formatQuantity(value: number, measure: Measure): string {
  const kept = measure.bare ?? measure.unit;
  const candidates = measure.units
    .map(([name, factor]) => ({ name, number: product(value, 1 / factor) }))
    .filter(({ name, number }) => Math.abs(number) >= 1 || name === kept)
    .map(({ name, number }) => ({
      ...{ name, digits: String(number), text: joined(String(number), name) },
    }))
    .filter(({ digits, text }) => digits.length < 8 && parseQuantity(text, measure) === value);
  // Where bare numbers mean a unit, that one is shown as long as it is short: `0.5/s`, not `30/min`.
  const isPlain = ({ digits, name }: (typeof candidates)[number]): number =>
    Number(name.replace(/^[kMGT]/, '') === measure.bare && digits.length < 6);
  const [best] = candidates.sort(
    (a, b) => isPlain(b) - isPlain(a) || a.digits.length - b.digits.length,
  );
  return best?.text ?? joined(String(value), measure.unit);
}

/** `20k/s` and `20k`, but `5 ms`; `1 year`. */
function joined(digits: string, unit: string): string {
  if (digits === '1' && /^(month|year)s$/.test(unit)) return `1 ${unit.slice(0, -1)}`;
  return /^[kMGT]?(\/|$)/.test(unit) ? `${digits}${unit}` : `${digits} ${unit}`;
}
