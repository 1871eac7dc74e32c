/**
 * The WHATWG Encoding API, the one platform API of the domain: Node, the extension host and webviews
 * all have it, but it is no part of the ECMAScript library that the domain compiles with.
 */
interface EncodingApi {
  readonly TextDecoder: new (
    label: string,
    options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
  ) => { readonly encoding: string; decode(bytes: Uint8Array): string };
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
}

const { TextDecoder, TextEncoder } = globalThis as unknown as EncodingApi;

/** The text of UTF-8 bytes with a byte order mark kept, or undefined when they are no valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  return decodeAs('utf-8', bytes);
}

/** The same for any label of the Encoding API; undefined for labels that the platform lacks, too. */
export function decodeAs(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Like `decodeAs` with U+FFFD for what is invalid. The label must be one that `encodingName` knows. */
export function decodeLeniently(label: string, bytes: Uint8Array): string {
  return new TextDecoder(label, { fatal: false, ignoreBOM: true }).decode(bytes);
}

/** The platform's name, in lower case, of the encoding that a label stands for. */
export function encodingName(label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).encoding;
  } catch {
    return undefined;
  }
}

/** The UTF-8 bytes of a text; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
