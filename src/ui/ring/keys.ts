import type * as vscode from 'vscode';
import { encodeUtf8 } from '../../domain/textCoding';
import type { Explanation, Placement } from '../../domain/placement/types';
import { displayName } from '../../domain/znode/displayName';
import type { RingKeys } from '../../protocol/ring';
import type { RingResult } from './compute';

type Translate = Pick<typeof vscode.l10n, 't'>;

const MAX_KEY_LENGTH = 4_096;
const SHOWN_KEY = 120;

/** Which key is placed and how. */
export interface KeyInput {
  readonly typed: string;
  readonly replicas?: number | undefined;
  readonly distinctZones?: boolean | undefined;
}

/** Why a key has its server, step by step, and who holds it besides. */
export function computeChain(
  version: number,
  input: KeyInput,
  result: RingResult | undefined,
  l10n: Translate,
): RingKeys {
  const key = input.typed.slice(0, MAX_KEY_LENGTH);
  const typed = result && key !== '' ? chainOf(key, input, result, l10n) : undefined;
  return { type: 'keys', version, typed };
}

/** The servers that hold a key beside its owner, as rows of the snapshot. */
function replicasOf(
  key: Uint8Array,
  { replicas = 1, distinctZones }: KeyInput,
  now: Placement,
): number[] {
  return replicas > 1 ? now.fallbacks(key, replicas - 1, distinctZones) : [];
}

function chainOf(
  key: string,
  input: KeyInput,
  result: RingResult,
  { t }: Translate,
): RingKeys['typed'] {
  const bytes = encodeUtf8(key);
  const replicas = replicasOf(bytes, input, result.now);
  const { now, after, afterRows, servers } = result;
  const why = now.explain(bytes);
  const { owner } = why;
  const later = after && (afterRows[after.ownerOf(bytes)] ?? -1);
  const nobody = t('nobody');
  const steps = [
    { label: t('Bytes'), value: why.keyHex },
    ...step(t('Hashed part'), why.hashedHex),
    { label: why.hashName, value: `0x${why.hashHex}` },
    ...step(t('Virtual node'), pointText(why)),
    ...step(t('Cell'), why.cell === undefined ? undefined : String(why.cell)),
    { label: t('Server'), value: servers[owner]?.label ?? (displayName(why.answer) || nobody) },
    ...step(t('Replicas'), replicas.map((next) => servers[next]?.label ?? '').join(', ')),
    ...step(t('If it is down'), why.fallbacks.map((next) => servers[next]?.label ?? '').join(', ')),
    ...step(t('What-if'), later === undefined ? undefined : (servers[later]?.label ?? nobody)),
  ];
  return {
    key: displayName(key, SHOWN_KEY),
    steps,
    owner,
    replicas,
    ...(now.ring && { position: parseInt(why.hashHex.slice(0, 8), 16) }),
  };
}

function step(label: string, value: string | undefined): { label: string; value: string }[] {
  return value === undefined || value === '' ? [] : [{ label, value }];
}

function pointText({ pointHex, virtualNode }: Explanation): string | undefined {
  if (pointHex === undefined) return undefined;
  return virtualNode === undefined
    ? `0x${pointHex}`
    : `${displayName(virtualNode)} → 0x${pointHex}`;
}
