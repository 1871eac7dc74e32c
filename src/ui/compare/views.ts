import { decodeValue } from '../../domain/values/decode';
import { formatJson } from '../../domain/values/formatJson';
import { formatXml } from '../../domain/values/formatXml';
import type { DecodeRule } from '../../domain/values/rules';
import { decodeUtf8, encodeUtf8 } from '../../domain/textCoding';
import { hexListing } from '../../domain/znode/hex';
import { zlibCodecs } from '../zlibCodecs';

/** A value as documents show it: decoded text, or all of it as a hex listing. */
export function readable(
  path: string,
  data: Uint8Array,
  rules: readonly DecodeRule[],
): { readonly form: 'text' | 'binary'; readonly bytes: Uint8Array } {
  const { form, bytes } = decodeValue(path, data, rules, zlibCodecs);
  return form === 'text' ? { form, bytes } : { form, bytes: encodeUtf8(hexListing(bytes)) };
}

/** The text of a value, indented; undefined when it is neither JSON nor XML. */
export function formatted(
  path: string,
  data: Uint8Array,
  rules: readonly DecodeRule[],
): Uint8Array | undefined {
  const { form, bytes } = readable(path, data, rules);
  const text = form === 'text' ? decodeUtf8(bytes)?.replace(/^\ufeff/, '') : undefined;
  if (text === undefined) return undefined;
  const result = /^\s*</.test(text) ? formatXml(text) : formatJson(text);
  return result === undefined ? undefined : encodeUtf8(result);
}
