/** What the server appended to the name of a sequential znode. */
export interface SequentialName {
  readonly prefix: string;
  /** The parent's child counter at creation: a signed 32-bit number that wraps at 2147483647. */
  readonly sequence: number;
}

/**
 * The parts of a name as a server makes it for a sequential znode, or undefined for other names.
 *
 * The server appends the parent's `cversion` as `%010d` (`PrepRequestProcessor`), so a name alone
 * can only look sequential. Read as not sequential: digits that continue a longer number (a
 * timestamp in ms), a number above 2147483647, a bare UUID or hex digest. A minus belongs to the
 * number only behind a separator (`lock--000000001` is -1, `build-000000001` is none), but always in
 * front of 2147483648, which can't be anything else.
 */
export function sequenceOf(name: string): SequentialName | undefined {
  const digits = countTrailingDigits(name);
  if (digits !== 9 && digits !== 10) return undefined;
  if (isIdentifier(name)) return undefined;
  const start = name.length - digits;
  const value = Number(name.slice(start));
  if (isSign(name, start - 1, value)) return { prefix: name.slice(0, start - 1), sequence: -value };
  if (digits === 9 || value > 2147483647) return undefined;
  return { prefix: name.slice(0, start), sequence: value };
}

/** A number printed as `%010d` has a sign and 9 digits, or 10 when it needs them. */
function isSign(name: string, at: number, value: number): boolean {
  if (name[at] !== '-' || value === 0 || value > 2147483648) return false;
  if (value === 2147483648) return true;
  const digits = name.length - at - 1;
  if (digits !== (value < 1_000_000_000 ? 9 : 10)) return false;
  return !/[\p{L}\p{N}]/u.test(name.charAt(at - 1));
}

function isIdentifier(name: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i.test(
    name,
  );
}

function countTrailingDigits(name: string): number {
  let start = name.length;
  while (start > 0 && isDigit(name.charCodeAt(start - 1))) start--;
  return name.length - start;
}

/**
 * The names in the order in which a tree shows them, as a new array.
 *
 * First all other names in natural order, then the sequential ones by sequence whatever their
 * prefix: one counter serves all children of a znode, so this is the order of creation (and Curator's
 * `_c_<uuid>-lock-0000000003` doesn't sort by its UUID). Equal sequences are in natural order. The
 * place of two names relative to each other never depends on the rest of the list.
 */
export function sortNames(names: readonly string[]): string[] {
  const others: string[] = [];
  const sequential: { name: string; sequence: number }[] = [];
  for (const name of names) {
    const sequence = sequenceOf(name)?.sequence;
    if (sequence === undefined) others.push(name);
    else sequential.push({ name, sequence });
  }
  others.sort(compareNames);
  sequential.sort((a, b) => a.sequence - b.sequence || compareNames(a.name, b.name));
  return others.concat(sequential.map(({ name }) => name));
}

/**
 * Natural order: runs of ASCII digits compare by value, ASCII letters without regard to case, the
 * rest by UTF-16 unit. Names that are equal so far (`a1` and `a01`) compare by unit: the order is
 * total, and 0 means the same name. Locale plays no part.
 */
export function compareNames(a: string, b: string): number {
  return compareNaturally(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

function compareNaturally(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = foldedUnit(a, i);
    const y = foldedUnit(b, j);
    if (isDigit(x) && isDigit(y)) {
      const endA = endOfDigits(a, i);
      const endB = endOfDigits(b, j);
      const difference = compareNumbers(a, i, endA, b, j, endB);
      if (difference !== 0) return difference;
      i = endA;
      j = endB;
    } else if (x !== y) {
      return x - y;
    } else {
      i++;
      j++;
    }
  }
  return a.length - i - (b.length - j);
}

function compareNumbers(
  a: string,
  startA: number,
  endA: number,
  b: string,
  startB: number,
  endB: number,
): number {
  let i = skipZeros(a, startA, endA);
  let j = skipZeros(b, startB, endB);
  if (endA - i !== endB - j) return endA - i - (endB - j);
  for (; i < endA; i++, j++) {
    const difference = a.charCodeAt(i) - b.charCodeAt(j);
    if (difference !== 0) return difference;
  }
  return 0;
}

function skipZeros(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) === 0x30) at++;
  return at;
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

function foldedUnit(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}
