import { decodeUtf8, encodeUtf8 } from '../textCoding';
import { decodeText, type DecodedText } from '../znode/text';
import { equalBytes } from './bytes';
import { decodeCharset, encodeCharset } from './charset';
import type { Codecs } from './codecs';
import { guessLayer, openLayer, type LayerProblem, type Step } from './layers';
import { findRule, type DecodeRule } from './rules';

/** How the text of a value becomes its bytes. Plain data, to be kept with the text. */
export interface Coding {
  /** The outermost first. */
  readonly chain: readonly Step[];
  /** A name that `charsetOf` gives. */
  readonly charset: string;
}

/** Why a value could not be read in the way that its rule or its first bytes say. */
export interface DecodeProblem {
  readonly step: Step | 'charset';
  readonly kind: LayerProblem;
  /** The encoding that the bytes are invalid in, for the step `charset`. */
  readonly charset?: string;
}

/**
 * Why a text must not be edited: writing it back would change more than was typed.
 *
 * - `binary`: it is no text
 * - `mixedLineEnds`, `carriageReturns`: an editor would make all line ends one kind
 * - `rule`: the rule for its path doesn't fit, so nobody knows what its readers expect
 * - `trailingBytes`: there is more than the compressed part
 * - `layout`: base64 with lines or padding of its own kind
 * - `charset`: some characters of it have several codes in its encoding
 */
export type ReadOnlyReason =
  'binary' | 'mixedLineEnds' | 'carriageReturns' | 'rule' | 'trailingBytes' | 'layout' | 'charset';

/** A value as it is to be shown. */
export interface Decoded {
  readonly coding: Coding;
  readonly form: 'text' | 'binary';
  /** The text as UTF-8, or what is inside the layers when it is binary. */
  readonly bytes: Uint8Array;
  /** By rule only; guessing it from the text is left to the reader. */
  readonly language?: string;
  /** Undefined when it may be edited. */
  readonly readOnly?: ReadOnlyReason;
  readonly problem?: DecodeProblem;
}

interface Unwrapped {
  readonly chain: readonly Step[];
  readonly bytes: Uint8Array;
  readonly readOnly?: ReadOnlyReason;
  readonly problem?: DecodeProblem;
}

/** Nobody nests more; a value that unpacks to itself would never end. */
const MAX_GUESSES = 4;

/** Understands a value by the first rule for its path, otherwise by its content. Never throws. */
export function decodeValue(
  path: string,
  data: Uint8Array,
  rules: readonly DecodeRule[],
  codecs: Codecs,
): Decoded {
  const rule = findRule(path, rules);
  const unwrapped = rule?.chain ? unwrap(data, rule.chain, codecs) : guess(data, codecs);
  const { chain, bytes, problem } = unwrapped;
  const language = rule?.language !== undefined ? { language: rule.language } : {};
  const read = readText(bytes, problem ? undefined : rule?.charset);
  const found = problem ?? read.problem;
  const outcome = { ...language, ...(found && { problem: found }) };
  if (!read.text || rule?.language === 'hex') {
    const coding = { chain, charset: read.charset };
    return { ...outcome, coding, form: 'binary', bytes, readOnly: 'binary' };
  }
  const { charset, utf8 } = read;
  const readOnly =
    unwrapped.readOnly ?? (read.problem ? 'rule' : reasonOf(charset, read.text, bytes));
  return {
    ...{ ...outcome, coding: { chain, charset }, form: 'text', bytes: utf8 },
    ...(readOnly && { readOnly }),
  };
}

/** All layers of the rule, or none: a value that doesn't fit is shown as it is. */
function unwrap(data: Uint8Array, chain: readonly Step[], codecs: Codecs): Unwrapped {
  let bytes = data;
  let readOnly: ReadOnlyReason | undefined;
  // No data is a text that nobody has written yet: it gets the layers when it is.
  if (data.length === 0) return { chain, bytes };
  for (const step of chain) {
    const layer = openLayer(step, bytes, codecs);
    if (typeof layer === 'string') {
      return { chain: [], bytes: data, readOnly: 'rule', problem: { step, kind: layer } };
    }
    if (!layer.isWhole) readOnly ??= step === 'base64' ? 'layout' : 'trailingBytes';
    bytes = layer.bytes;
  }
  return { chain, bytes, ...(readOnly && { readOnly }) };
}

function guess(data: Uint8Array, codecs: Codecs): Unwrapped {
  const chain: Step[] = [];
  let bytes = data;
  let readOnly: ReadOnlyReason | undefined;
  while (chain.length < MAX_GUESSES) {
    const step = guessLayer(bytes);
    // No UTF-8 begins like gzip, but words may begin like zlib.
    if (!step || (step === 'zlib' && decodeText(bytes))) break;
    const layer = openLayer(step, bytes, codecs);
    if (typeof layer === 'string') {
      // Three bytes tell gzip, but what only looks like zlib is just binary.
      if (step === 'zlib' && layer === 'damaged') break;
      return { chain, bytes, readOnly: 'binary', problem: { step, kind: layer } };
    }
    if (step === 'zlib' && !layer.isWhole) break;
    if (!layer.isWhole) readOnly ??= 'trailingBytes';
    chain.push(step);
    bytes = layer.bytes;
  }
  return { chain, bytes, ...(readOnly && { readOnly }) };
}

interface Read {
  readonly charset: string;
  /** Undefined when the bytes are no text. */
  readonly text: DecodedText | undefined;
  readonly utf8: Uint8Array;
  readonly problem?: DecodeProblem;
}

function readText(bytes: Uint8Array, wanted: string | undefined): Read {
  if (wanted === undefined) return readByContent(bytes);
  const charset = wanted.startsWith('utf-16') ? (utf16Of(bytes) ?? wanted) : wanted;
  const read = readAs(charset, bytes);
  if (read) return read;
  const problem = { step: 'charset', kind: 'damaged', charset } as const;
  return { ...readByContent(bytes), problem };
}

/** UTF-8, or UTF-16 with the byte order mark that tells it. */
function readByContent(bytes: Uint8Array): Read {
  const charset = utf16Of(bytes);
  const wide = charset && readAs(charset, bytes);
  return wide?.text ? wide : { charset: 'utf-8', text: decodeText(bytes), utf8: bytes };
}

/** Undefined when the bytes are invalid in the encoding. */
function readAs(charset: string, bytes: Uint8Array): Read | undefined {
  if (charset === 'utf-8') {
    const text = decodeText(bytes);
    return text || decodeUtf8(bytes) !== undefined ? { charset, text, utf8: bytes } : undefined;
  }
  const decoded = decodeCharset(charset, bytes);
  if (decoded === undefined) return undefined;
  const utf8 = encodeUtf8(decoded);
  return { charset, text: decodeText(utf8), utf8 };
}

function utf16Of([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function reasonOf(
  charset: string,
  { text, lineEnding }: DecodedText,
  bytes: Uint8Array,
): ReadOnlyReason | undefined {
  if (lineEnding === 'mixed') return 'mixedLineEnds';
  if (lineEnding === 'cr') return 'carriageReturns';
  if (charset === 'utf-8') return undefined;
  const again = encodeCharset(charset, text);
  return again instanceof Uint8Array && equalBytes(again, bytes) ? undefined : 'charset';
}
