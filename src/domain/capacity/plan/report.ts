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
}

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

  atMost(name: string, value: number, unit: Unit, limit: number, advice: string): this {
    const isMet = value <= limit;
    this.goals.push({ name, value, unit, limit, relation: 'atMost', isMet, advice });
    return this;
  }

  atLeast(name: string, value: number, unit: Unit, limit: number, advice: string): this {
    const isMet = value >= limit;
    this.goals.push({ name, value, unit, limit, relation: 'atLeast', isMet, advice });
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

/** For sentences: three significant digits. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return 'without end';
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1e4 && Math.abs(rounded) < 1e15
    ? String(rounded).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
    : String(rounded);
}

const SCALES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export function bytes(value: number): string {
  let scaled = value;
  let at = 0;
  for (; scaled >= 1024 && at < SCALES.length - 1; at++) scaled /= 1024;
  return `${short(scaled)} ${SCALES[at] ?? ''}`;
}

export const percent = (ratio: number): string => `${short(100 * ratio)} %`;
export const ms = (seconds: number): string => `${short(1000 * seconds)} ms`;
