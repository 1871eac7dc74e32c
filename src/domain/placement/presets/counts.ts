import { type Member } from '../layout/points';
import { weightOf } from './rules';

/** Rules for the number of points per server. Rounding is part of the rule: it decides placements. */
const f32 = Math.fround;

const total = (members: readonly Member[]): number =>
  members.reduce((sum, member) => sum + weightOf(member), 0);

export const equal = (count: number) => (members: readonly Member[]) => members.map(() => count);

/** Whole multiples of the weight. */
export const perWeight = (count: number) => (members: readonly Member[]) =>
  members.map((member) => Math.round(weightOf(member) * count));

/** libmemcached and twemproxy compute in float32; equal servers get 156 points for some sizes. */
export function float32Points(members: readonly Member[]): number[] {
  const sum = f32(total(members));
  return members.map((member) => {
    const part = f32(f32(weightOf(member)) / sum);
    const hashes = f32(f32(f32(part * 160) / 4) * f32(members.length));
    return Math.floor(f32(hashes + 1e-10)) * 4;
  });
}

/** libketama: a float32 part, the product in double, the result rounded to float32. */
export function libketamaPoints(members: readonly Member[]): number[] {
  const sum = f32(total(members));
  return members.map(
    (member) => Math.floor(f32(f32(f32(weightOf(member)) / sum) * 40 * members.length)) * 4,
  );
}

/** npm hashring: all in double, no tolerance; Finagle adds 1e-10. */
export const doublePoints =
  (hashes: number, tolerance: number) =>
  (members: readonly Member[]): number[] => {
    const sum = total(members);
    return members.map(
      (member) =>
        Math.floor(
          tolerance === 0
            ? (weightOf(member) / sum) * hashes * members.length
            : (weightOf(member) / sum) * members.length * hashes + tolerance,
        ) * 4,
    );
  };

/** uhashring: whole-number division. */
export function integerPoints(members: readonly Member[]): number[] {
  const sum = total(members);
  return members.map((member) => Math.floor((40 * members.length * weightOf(member)) / sum) * 4);
}

/**
 * Envoy and gRPC: the ring is scaled until the lightest host has a whole number of points, within the
 * size limits; hosts in this order fill it up to their running sum of shares.
 */
export const scaledPoints =
  (minimum: number, maximum: number) =>
  (members: readonly Member[]): number[] => {
    const sum = total(members);
    const parts = members.map((member) => weightOf(member) / sum);
    const least = parts.reduce((low, part) => Math.min(low, part), 1);
    const scale = Math.min(Math.ceil(least * minimum) / least, maximum);
    let target = 0;
    let current = 0;
    return parts.map((part) => {
      target += scale * part;
      const count = Math.max(0, Math.ceil(target) - current);
      current += count;
      return count;
    });
  };
