import type * as vscode from 'vscode';
import { messageOf } from '../../base/assert';
import type { Disposable } from '../../base/disposable';
import type { RingKeySource } from '../../domain/ring/choices';
import { patternKeys } from '../../domain/ring/keyPattern';
import { decodeUtf8, encodeUtf8 } from '../../domain/textCoding';
import { displayName } from '../../domain/znode/displayName';
import type { RingKeyList } from '../../protocol/ring';
import type { KeyAccess } from './exports';

type Translate = Pick<typeof vscode.l10n, 't'>;

/** The keys that the host places itself: for events, comparisons and utilisation. */
const MAX_FIRST = 10_000;
/** More of a file, or of a list of children, is not placed. */
export const MAX_KEYS = 1_000_000;

/** Keys that were read from their source. */
export interface LoadedKeys extends Pick<RingKeyList, 'label' | 'message' | 'total' | 'keys'> {
  /** Whether they could not be read; reading again may help. */
  readonly hasFailed?: true;
  /** The first of them, at most `MAX_FIRST`. */
  readonly first: readonly string[];
}

export const NO_KEYS: LoadedKeys = {
  label: '',
  message: '',
  total: 0,
  keys: { lines: new Uint8Array() },
  first: [],
};

/** Reads what is outside of the choices. Both throw when they can't, with a sentence. */
export interface KeyPorts {
  readonly readFile: (file: string) => Promise<Uint8Array>;
  readonly childrenOf: (connectionId: string, path: string) => Promise<readonly string[]>;
  /** Calls back when a file was written, made or deleted. */
  readonly watchFile: (file: string, changed: () => void) => Disposable;
}

/** The keys of a source. Failures become a message: a ring without keys is a ring. */
export async function loadKeys(
  source: RingKeySource | undefined,
  ports: KeyPorts,
  l10n: Translate,
): Promise<LoadedKeys> {
  if (!source) return NO_KEYS;
  if ('list' in source) return fromLines(source.list, l10n.t('Listed keys'), l10n);
  if ('pattern' in source) return fromPattern(source.pattern, l10n);
  const label = displayName('file' in source ? source.file : source.path);
  try {
    if ('path' in source) {
      return fromLines(await ports.childrenOf(source.connection, source.path), label, l10n);
    }
    const text = decodeUtf8(await ports.readFile(source.file));
    if (text === undefined) throw new Error(l10n.t('This is no text in UTF-8.'));
    return fromLines(text.split('\n'), label, l10n);
  } catch (error) {
    return { ...NO_KEYS, label, message: messageOf(error), hasFailed: true };
  }
}

/** All keys of what was loaded, by index. */
export function keyAccess({ keys, total }: LoadedKeys): KeyAccess {
  if ('pattern' in keys) return { total, keyAt: patternKeys(keys.pattern).keyAt };
  const lines = (decodeUtf8(keys.lines) ?? '').split('\n');
  return { total, keyAt: (index) => lines[index] ?? '' };
}

function fromPattern(pattern: string, l10n: Translate): LoadedKeys {
  const { count, total, keyAt } = patternKeys(pattern);
  return {
    label: displayName(pattern),
    message: cutMessage(count, total, l10n),
    total: count,
    keys: { pattern },
    first: Array.from({ length: Math.min(count, MAX_FIRST) }, (_, i) => keyAt(i)),
  };
}

function fromLines(lines: readonly string[], label: string, l10n: Translate): LoadedKeys {
  const all = lines.map((line) => line.trim()).filter((line) => line !== '');
  const used = all.slice(0, MAX_KEYS);
  return {
    label,
    message: cutMessage(used.length, all.length, l10n),
    total: used.length,
    keys: { lines: encodeUtf8(used.join('\n')) },
    first: used.slice(0, MAX_FIRST),
  };
}

function cutMessage(used: number, total: number, { t }: Translate): string {
  if (used === total) return '';
  const format = new Intl.NumberFormat('en');
  return t('Only the first {0} of {1} keys are used.', format.format(used), format.format(total));
}
