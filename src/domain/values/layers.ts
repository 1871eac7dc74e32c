import { isGzip } from '../znode/text';
import { decodeBase64, encodeBase64, layoutOfBase64, PLAIN_BASE64 } from './base64';
import { equalBytes } from './bytes';
import type { Codecs, Unpacked } from './codecs';
import { keepGzipHeader } from './gzip';

/** What lies around a text; the outermost first in a chain. */
export const STEPS = ['gzip', 'zlib', 'base64'] as const;
export type Step = (typeof STEPS)[number];

/** No value is unpacked to more than this; a kilobyte of gzip can stand for a megabyte of nothing. */
export const MAX_UNPACKED_BYTES = 16 * 1024 * 1024;

export interface OpenLayer {
  readonly bytes: Uint8Array;
  /** Whether all of the layer is understood, so that closing it again loses nothing. */
  readonly isWhole: boolean;
}

/** Why a layer can't be opened. */
export type LayerProblem = 'tooLarge' | 'damaged';

export function openLayer(step: Step, data: Uint8Array, codecs: Codecs): OpenLayer | LayerProblem {
  if (step !== 'base64') return opened(codecs[step].unpack(data, MAX_UNPACKED_BYTES), data);
  const bytes = decodeBase64(data);
  if (!bytes) return 'damaged';
  return { bytes, isWhole: equalBytes(encodeBase64(bytes, layoutOfBase64(data)), data) };
}

/** Puts a layer around bytes, in the manner of the layer `original` that held others before. */
export function closeLayer(
  step: Step,
  bytes: Uint8Array,
  original: Uint8Array | undefined,
  codecs: Codecs,
): Uint8Array {
  switch (step) {
    case 'gzip':
      return keepGzipHeader(codecs.gzip.pack(bytes), original);
    case 'zlib':
      return codecs.zlib.pack(bytes);
    case 'base64':
      return encodeBase64(bytes, original ? layoutOfBase64(original) : PLAIN_BASE64);
  }
}

/**
 * The compression that data begins with, for a reader who isn't told. Base64 is never guessed: words
 * look like it. The header of zlib is only 16 bits, so it takes unpacking all of it to be sure.
 */
export function guessLayer(data: Uint8Array): 'gzip' | 'zlib' | undefined {
  if (isGzip(data)) return 'gzip';
  return isZlib(data) ? 'zlib' : undefined;
}

/** RFC 1950 §2.2: method 8, a window of at most 32 kB, a multiple of 31, no preset dictionary. */
function isZlib([cmf = 0, flags = 0]: Uint8Array): boolean {
  if ((cmf & 0x0f) !== 8 || cmf >> 4 > 7 || (flags & 0x20) !== 0) return false;
  return (cmf * 256 + flags) % 31 === 0;
}

function opened(unpacked: Unpacked, data: Uint8Array): OpenLayer | LayerProblem {
  if (typeof unpacked === 'string') return unpacked;
  return { bytes: unpacked.bytes, isWhole: unpacked.consumed === data.length };
}
