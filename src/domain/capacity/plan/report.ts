import { type Accuracy, EXACT, type Result, type Unit } from '../result';

/** A result with the reason for it: what it was computed from, in words and by name. */
export interface PlanResult extends Result {
  readonly because: string;
}

/** Something that the plan has to reach. */
export interface Goal {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  readonly limit: number;
  readonly relation: 'atMost' | 'atLeast';
  readonly isMet: boolean;
  /** What to do when it is missed. */
  readonly advice: string;
  /** Of a missed goal the input that would meet it by itself, and its nearest value that does. */
  readonly remedy?: Remedy;
}

/** A value for an input, by the input's path: `ensemble.openFiles`. */
export interface Remedy {
  readonly input: string;
  readonly value: number;
}

type GoalParts = [
  name: string,
  value: number,
  unit: Unit,
  limit: number,
  advice: string,
  remedy?: Remedy,
];

export interface PlanNote {
  readonly code: string;
  readonly message: string;
}

/** Collects what a plan says. Names are stable: `pool.servers`, `ensemble.heap`. */
export class Report {
  readonly results: PlanResult[] = [];
  readonly goals: Goal[] = [];
  readonly notes: PlanNote[] = [];

  add(
    name: string,
    value: number,
    unit: Unit,
    { model, because, accuracy = EXACT }: { model: string; because: string; accuracy?: Accuracy },
  ): this {
    this.results.push({ name, value, unit, model, accuracy, because });
    return this;
  }

  atMost(...goal: GoalParts): this {
    return this.#goal('atMost', ...goal);
  }

  atLeast(...goal: GoalParts): this {
    return this.#goal('atLeast', ...goal);
  }

  #goal(
    relation: Goal['relation'],
    ...[name, value, unit, limit, advice, remedy]: GoalParts
  ): this {
    const isMet = relation === 'atMost' ? value <= limit : value >= limit;
    const needed = isMet || remedy === undefined ? {} : { remedy };
    this.goals.push({ name, value, unit, limit, relation, isMet, advice, ...needed });
    return this;
  }

  append({ results, goals, notes }: Report): this {
    this.results.push(...results);
    this.goals.push(...goals);
    this.notes.push(...notes);
    return this;
  }

  note(code: string, message: string): this {
    this.notes.push({ code, message });
    return this;
  }
}

/** ± this many percent of the value. */
export const about = (percent: number): Accuracy => ({ kind: 'approximation', percent });

/** The true value is not above this one. */
export const AT_MOST: Accuracy = { kind: 'bound', side: 'upper' };

/** For sentences: three significant digits, if no other number is asked for. */
export function short(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return 'without end';
  const rounded = Number(value.toPrecision(digits));
  return Math.abs(rounded) >= 1e4 && Math.abs(rounded) < 1e15
    ? String(rounded).replace(/(?<!\.\d*)\B(?=(\d{3})+(?!\d))/g, ',')
    : String(rounded);
}

/** The same as a sentence: with a capital, and one full stop. */
export const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.+$/, '')}.`;

const SCALES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export function bytes(value: number, digits = 3): string {
  // Three digits would make 1020 of the 1023 that are still below the next unit.
  const four = Math.max(4, digits);
  let scaled = value;
  let at = 0;
  for (; Number(scaled.toPrecision(four)) >= 1024 && at < SCALES.length - 1; at++) scaled /= 1024;
  return `${short(scaled, scaled >= 1000 ? four : digits)} ${SCALES[at] ?? ''}`;
}

export const percent = (ratio: number, digits?: number): string =>
  `${short(100 * ratio, digits)} %`;
export const ms = (seconds: number): string => `${short(1000 * seconds)} ms`;
