import { assigned } from './presets/assigned';
import { envoy } from './presets/envoy';
import { general } from './presets/general';
import { haproxy } from './presets/haproxy';
import { java } from './presets/java';
import { libmemcached } from './presets/libmemcached';
import { nginx } from './presets/nginx';
import { policies } from './presets/policies';
import type { Definition } from './presets/rules';
import { scripting } from './presets/scripting';
import { twemproxy } from './presets/twemproxy';
import type { Preset } from './types';

const definitions: readonly Definition[] = [
  ...twemproxy,
  ...haproxy,
  ...nginx,
  ...libmemcached,
  ...java,
  ...scripting,
  ...envoy,
  ...general,
  ...assigned,
  ...policies,
];

/** All presets, those of one program together. */
export const presets: readonly Preset[] = definitions.map(({ preset }) => preset);

/** The preset with this id. */
export function findPreset(id: string): Preset | undefined {
  return presets.find((preset) => preset.id === id);
}

/** The preset with its rules, for `createPlacement`. */
export function findDefinition(id: string): Definition | undefined {
  return definitions.find(({ preset }) => preset.id === id);
}
