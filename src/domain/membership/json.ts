import { isGzip } from '../znode/text';
import { decodeUtf8 } from '../textCoding';

/** As large as a znode can be by default (`jute.maxbuffer`), and deeper than any registration. */
const MAX_BYTES = 1 << 20;
const MAX_DEPTH = 32;

export type JsonObject = Readonly<Record<string, unknown>>;

/** The JSON object in the data of a child, or the reason why there is none. */
export function readObject(data: Uint8Array | undefined): JsonObject | string {
  if (data === undefined) return 'has data that was not read';
  if (data.length === 0) return 'has no data';
  if (data.length > MAX_BYTES) return `has ${data.length} bytes of data, too many to read as JSON`;
  if (isGzip(data)) return 'has compressed data';
  const text = decodeUtf8(data);
  if (text === undefined) return 'has data that is no text';
  return parseObject(text);
}

/** The object in a JSON text, or the reason why there is none. */
export function parseObject(text: string): JsonObject | string {
  if (isTooDeep(text)) return `has JSON nested deeper than ${MAX_DEPTH} levels`;
  try {
    const value: unknown = JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
    return isObject(value) ? value : 'has JSON that is no object';
  } catch {
    return 'has data that is no JSON';
  }
}

/** What an object itself has under a name: never what its prototype has. */
export function field(object: unknown, name: string): unknown {
  return isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** As `field`, when it is a text that is not empty. */
export function textField(object: unknown, name: string): string | undefined {
  const value = field(object, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (inString) {
      if (unit === 0x5c) i++;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) inString = true;
    else if (unit === 0x7b || unit === 0x5b) {
      if (++depth > MAX_DEPTH) return true;
    } else if (unit === 0x7d || unit === 0x5d) depth--;
  }
  return false;
}
