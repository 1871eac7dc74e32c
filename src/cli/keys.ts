import { open } from 'node:fs/promises';
import { messageOf } from '../base/assert';
import { keyBytes, type KeyEncoding } from '../domain/placement/keyText';
import { UsageError } from './command';
import { readLines } from './lines';

const ENCODINGS: readonly string[] = ['utf8', 'utf16le', 'hex', 'base64'] satisfies KeyEncoding[];

/** The encoding that `--key-encoding` names. */
export function encodingOf(text: string): KeyEncoding {
  if (!ENCODINGS.includes(text)) {
    throw new UsageError(`--key-encoding takes one of ${ENCODINGS.join(', ')}`);
  }
  return text as KeyEncoding;
}

/** The bytes that a key in an argument stands for. */
export function bytesOfKey(text: string, encoding: KeyEncoding): Uint8Array {
  const bytes = keyBytes(text, encoding);
  if (Array.isArray(bytes)) throw new UsageError(bytes[0]?.message ?? 'that is no key');
  return bytes;
}

export interface KeyReader {
  /** Called with the line as it came and the bytes that it stands for, both valid during the call. */
  readonly onKey: (line: Uint8Array, key: Uint8Array) => void;
  readonly afterChunk?: () => Promise<void>;
}

/**
 * Reads keys, one a line, from a file or, for `-`, from standard input. In the encoding `utf8` the
 * bytes of a line are the key, whether they are UTF-8 or not; the others are written in UTF-8.
 */
export async function readKeys(
  path: string,
  encoding: KeyEncoding,
  { onKey, afterChunk = () => Promise.resolve() }: KeyReader,
): Promise<void> {
  const onLine =
    encoding === 'utf8'
      ? (line: Uint8Array): void => onKey(line, line)
      : (line: Uint8Array, number: number): void => {
          const bytes = keyBytes(Buffer.from(line).toString('utf8'), encoding);
          if (!Array.isArray(bytes)) return onKey(line, bytes);
          throw new Error(`line ${number} of the keys: ${bytes[0]?.message ?? 'it is no key'}`);
        };
  await readLines(path === '-' ? process.stdin : await openKeys(path), onLine, afterChunk);
}

async function openKeys(path: string): Promise<AsyncIterable<Buffer>> {
  try {
    const file = await open(path);
    if ((await file.stat()).isDirectory()) throw new Error('it is a folder');
    return file.createReadStream();
  } catch (error) {
    throw new Error(`cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}
