import { decodeUtf8, encodeUtf8 } from '../textCoding';
import { equalBytes } from './bytes';
import { decodeCharset, encodeCharset } from './charset';
import type { Unmappable } from './charsetTables';
import type { Codecs } from './codecs';
import type { Coding } from './decode';
import { closeLayer, openLayer, type Step } from './layers';

/** Why a text can't be written in the coding of its value. */
export type EncodeProblem =
  | (Unmappable & { readonly charset: string })
  /** The new text is no UTF-8. */
  | { readonly kind: 'invalidUtf8' }
  /** What was made doesn't read as the text again; a last safeguard, never seen. */
  | { readonly kind: 'notVerified'; readonly step: Step };

/**
 * The bytes to write for an edited text.
 *
 * @param coding of the value as it was shown
 * @param original the value that was shown, whose manner is kept: exactly it when the text is the same,
 * else its gzip header and the layout of its base64; empty when there is none
 * @param text as UTF-8
 */
export function encodeValue(
  coding: Coding,
  original: Uint8Array,
  text: Uint8Array,
  codecs: Codecs,
): Uint8Array | EncodeProblem {
  const { chain, charset } = coding;
  if (text.length === 0 && original.length === 0) return original;
  const stages = open(chain, original, codecs);
  if (stages && isSame(stages.at(-1), charset, text)) return original;
  const typed = decodeUtf8(text);
  if (typed === undefined) return { kind: 'invalidUtf8' };
  const inner = encodeCharset(charset, typed);
  if (!(inner instanceof Uint8Array)) return { ...inner, charset };

  let bytes = inner;
  for (const [i, step] of [...chain.entries()].reverse()) {
    const closed = closeLayer(step, bytes, stages?.[i], codecs);
    const reopened = openLayer(step, closed, codecs);
    if (typeof reopened === 'string' || !equalBytes(reopened.bytes, bytes)) {
      return { kind: 'notVerified', step };
    }
    bytes = closed;
  }
  return bytes;
}

/** The value and what each layer of it holds; undefined when it isn't of that kind. */
function open(
  chain: readonly Step[],
  original: Uint8Array,
  codecs: Codecs,
): Uint8Array[] | undefined {
  const stages = [original];
  if (original.length === 0) return chain.length === 0 ? stages : undefined;
  let bytes = original;
  for (const step of chain) {
    const layer = openLayer(step, bytes, codecs);
    if (typeof layer === 'string') return undefined;
    bytes = layer.bytes;
    stages.push(bytes);
  }
  return stages;
}

function isSame(inner: Uint8Array | undefined, charset: string, text: Uint8Array): boolean {
  const decoded = inner && decodeCharset(charset, inner);
  return decoded !== undefined && equalBytes(encodeUtf8(decoded), text);
}
