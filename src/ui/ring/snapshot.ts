import type * as vscode from 'vscode';
import { poolProgramOf } from '../../domain/config/pool';
import { KINDS } from '../../domain/membership/kinds';
import { findPreset } from '../../domain/placement/presets';
import type { Options, Placement, Preset } from '../../domain/placement/types';
import type { RingChoices, RingMembers } from '../../domain/ring/choices';
import { displayName } from '../../domain/znode/displayName';
import type {
  RingEvent,
  RingOption,
  RingPlacementInput,
  RingSnapshot,
  RingZone,
} from '../../protocol/ring';
import type { RingResult } from './compute';
import type { FeedState } from './feed';
import { usablePresets } from './presetChoice';
import { presetNote, ringStrings } from './strings';

const MAX_PROBLEMS = 50;
const MAX_ZONES = 50;
const LABEL_LENGTH = 60;

/** All that a snapshot is made of. */
export interface RingState {
  readonly version: number;
  readonly choices: RingChoices;
  /** The id of the preset, chosen or by default. */
  readonly preset: string;
  readonly feed: FeedState;
  readonly result: RingResult | undefined;
  /** What is wrong with options, weights, or a ring file. */
  readonly mistakes: readonly string[];
  readonly events: readonly RingEvent[];
  readonly isFile: boolean;
}

export interface SnapshotPorts {
  readonly l10n: typeof vscode.l10n;
  readonly nameOf: (connectionId: string) => string | undefined;
}

export function snapshotOf(state: RingState, ports: SnapshotPorts): RingSnapshot {
  const { l10n } = ports;
  const { version, choices, result, feed, mistakes, events, isFile } = state;
  const preset = findPreset(state.preset);
  const other = findPreset(choices.whatIf.preset ?? '') ?? preset;
  const tried = other === preset ? { ...choices.options, ...choices.whatIf.options } : undefined;
  const problems = feed.problems
    .slice(0, MAX_PROBLEMS)
    .map(({ child, reason }) => `${displayName(child, 80)} ${reason}`);
  const source = sourceOf(choices.members, ports);
  return {
    type: 'snapshot',
    version,
    strings: ringStrings(l10n),
    choices,
    title: choices.title === undefined ? source : displayName(choices.title),
    source,
    isFile,
    message: feed.message || emptyMessage(state, l10n),
    ...layoutChoice(state, l10n),
    presets: usablePresets,
    preset: state.preset,
    presetNote: preset ? presetNote(preset, l10n) : '',
    options: optionsOf(preset, choices.options),
    virtualNodes: preset?.virtualNodes ?? '',
    whatIfOptions: optionsOf(other, tried ?? choices.whatIf.options ?? {}),
    zones: zonesOf(feed),
    servers: result?.servers ?? [],
    placement: result && inputOf(result.now, [...result.now.servers.keys()]),
    placementAfter: result?.after && inputOf(result.after, result.afterRows),
    now: result?.view,
    after: result?.afterView,
    poolProgram: poolProgramOf(state.preset) ?? '',
    warnings: result?.now.warnings ?? [],
    problems: [...mistakes, ...problems],
    events,
  };
}

function inputOf(placement: Placement, rows: readonly number[]): RingPlacementInput {
  const { preset, options, servers } = placement;
  return { preset: preset.id, options, servers, rows };
}

function optionsOf(preset: Preset | undefined, chosen: Options): RingOption[] {
  return (preset?.options ?? []).map((option) => ({
    ...option,
    value: chosen[option.name] ?? option.default,
  }));
}

function zonesOf({ members = [] }: FeedState): RingZone[] {
  const counts = new Map<string, number>();
  for (const { zone } of members) {
    if (zone !== undefined) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  }
  return [...counts].slice(0, MAX_ZONES).map(([id, servers]) => ({
    id,
    label: displayName(id, LABEL_LENGTH),
    servers,
  }));
}

function layoutChoice(
  { choices: { members }, feed }: RingState,
  l10n: typeof vscode.l10n,
): Pick<RingSnapshot, 'kind' | 'kinds'> {
  if (!('path' in members)) return { kind: '', kinds: [] };
  const detected = members.layout === undefined && feed.kind ? ` (${feed.kind})` : '';
  return {
    kind: members.layout ?? '',
    kinds: [
      { id: '', label: l10n.t('Detected{0}', detected) },
      ...KINDS.map((id) => ({ id, label: id })),
    ],
  };
}

function sourceOf(members: RingMembers, { l10n, nameOf }: SnapshotPorts): string {
  if ('servers' in members) return l10n.t('Listed servers');
  if ('file' in members) return displayName(members.file);
  return `${nameOf(members.connection) ?? members.connection}: ${displayName(members.path)}`;
}

function emptyMessage({ choices, feed }: RingState, l10n: typeof vscode.l10n): string {
  if (feed.members === undefined || feed.members.length > 0) return '';
  if (!('path' in choices.members)) return l10n.t('No server is listed.');
  if (feed.kind === undefined) {
    return l10n.t('The children of this znode do not look like servers. Choose their layout.');
  }
  return l10n.t('No server is registered here now.');
}
