/** What a compressed value holds, or why that can't be had. */
export type Unpacked =
  | {
      readonly bytes: Uint8Array;
      /** Bytes of the input that belong to it; fewer than there are when something follows. */
      readonly consumed: number;
    }
  | 'tooLarge'
  | 'damaged';

/** A compression; the platform provides it, so that the domain stays free of it. */
export interface Codec {
  /** Never yields, nor allocates, more than `maxBytes`: those are `tooLarge`. */
  unpack(data: Uint8Array, maxBytes: number): Unpacked;
  pack(data: Uint8Array): Uint8Array;
}

export interface Codecs {
  /** RFC 1952; `pack` writes a header of 10 bytes. */
  readonly gzip: Codec;
  /** RFC 1950. */
  readonly zlib: Codec;
}
