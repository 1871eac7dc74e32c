import type { DashboardServer, DashboardStrings } from '../../src/protocol/dashboard';
import { paletteOf, type Colours } from '../shared/colours';
import { themeColour } from '../shared/theme';
import type { NamedLine } from './charts';
import type { Ink } from './plot';

/** In high contrast, lines differ in more than their colour. */
const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3], [4, 4]];

const isHighContrast = (): boolean => document.body.classList.contains('vscode-high-contrast');

/** The lines of all servers that are not hidden, the whole ensemble first. */
export function linesOf(
  servers: readonly DashboardServer[],
  colours: Colours,
  { hidden, strings }: { readonly hidden: ReadonlySet<string>; readonly strings: DashboardStrings },
): NamedLine[] {
  const theme = getComputedStyle(document.documentElement);
  const palette = paletteOf(theme);
  const isContrast = isHighContrast();
  colours.assign(servers.map(({ address }) => address));
  const lines = servers.flatMap(({ address, label, isLeader }, server): NamedLine[] => {
    if (hidden.has(address)) return [];
    const dash = isContrast ? (DASHES[server % DASHES.length] ?? []) : [];
    const badge = isLeader ? `${server + 1}★` : String(server + 1);
    const colour = colours.of(address, palette);
    return [{ server, label, badge, colour, dash, width: isLeader ? 2.5 : 1.5 }];
  });
  if (servers.length < 2) return lines;
  const colour = themeColour(theme, 'foreground') || 'gray';
  const all = { server: -1, label: strings.all, badge: strings.all, colour, dash: [], width: 1 };
  return [all, ...lines];
}

export function inkOf(): Ink {
  const theme = getComputedStyle(document.documentElement);
  const colour = (name: string, other: string): string =>
    themeColour(theme, name) || themeColour(theme, other) || 'gray';
  return {
    text: colour('descriptionForeground', 'foreground'),
    // In high contrast it is as bright as the lines.
    gridAlpha: isHighContrast() ? 0.3 : 1,
    grid: colour('editorIndentGuide-background1', 'widget-border'),
    band: colour('charts-blue', 'focusBorder'),
    limit: colour('charts-red', 'errorForeground'),
    marker: colour('foreground', 'foreground'),
    font: `11px ${themeColour(theme, 'font-family') || 'sans-serif'}`,
  };
}
