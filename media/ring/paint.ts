import { paletteOf, type Colours } from '../shared/colours';
import { themeColour } from '../shared/theme';

/** Colours as the theme has them now, and what to draw with. */
export interface Theme {
  readonly palette: readonly string[];
  readonly ground: string;
  readonly ink: string;
  readonly accent: string;
  readonly nobody: string;
  /** Lines around what is told apart by colour otherwise; undefined outside high contrast. */
  readonly contrast: string | undefined;
}

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string, otherwise: string): string => themeColour(style, name) || otherwise;
  return {
    palette: paletteOf(style),
    ground: read('editor-background', 'white'),
    ink: read('foreground', 'black'),
    accent: read('focusBorder', 'blue'),
    nobody: read('disabledForeground', 'gray'),
    contrast: read('contrastBorder', '') || undefined,
  };
}

export const isCalm = (): boolean => document.body.classList.contains('vscode-reduce-motion');

/** A canvas with the colours of owners. */
export interface Paint {
  readonly context: CanvasRenderingContext2D;
  readonly theme: Theme;
  readonly fill: (owner: number) => string;
  readonly isDimmed: (owner: number) => boolean;
}

/** The colour of each owner by its index. */
export function fillsOf(
  addresses: readonly string[],
  colours: Colours,
  { palette, nobody }: Theme,
): (owner: number) => string {
  const fills = addresses.map((address) => colours.of(address, palette));
  return (owner) => fills[owner] ?? nobody;
}

/** Fits the pixels of a canvas to a size in CSS pixels; drawing then uses those. */
export function fit(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
