import { gunzipSync, gzipSync, inflateSync, deflateSync, type ZlibOptions } from 'node:zlib';
import type { Codec, Codecs } from '../domain/values/codecs';

/** With `info`, what Node returns besides the bytes; its types know the bytes only. */
interface WithEngine {
  readonly buffer: Uint8Array;
  readonly engine: { readonly bytesWritten: number };
}

type Unpack = (data: Uint8Array, options: ZlibOptions) => unknown;

/** The compressions of Node, which stop as soon as there is too much. */
export const zlibCodecs: Codecs = {
  gzip: { unpack: bounded(gunzipSync), pack: (data) => gzipSync(data) },
  zlib: { unpack: bounded(inflateSync), pack: (data) => deflateSync(data) },
};

function bounded(unpack: Unpack): Codec['unpack'] {
  return (data, maxBytes) => {
    try {
      const options = { maxOutputLength: maxBytes, info: true };
      const { buffer, engine } = unpack(data, options) as WithEngine;
      return { bytes: buffer, consumed: engine.bytesWritten };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      return code === 'ERR_BUFFER_TOO_LARGE' ? 'tooLarge' : 'damaged';
    }
  };
}
