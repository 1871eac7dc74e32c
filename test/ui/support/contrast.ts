import type { Locator } from 'playwright-core';

/** The parts of the DOM that are read here; this project's types have none. */
interface DomElement {
  readonly parentElement: DomElement | null;
}
declare function getComputedStyle(element: DomElement): {
  readonly color: string;
  readonly backgroundColor: string;
};

/**
 * The contrast of a text with what is behind it, from 1 to 21, as WCAG 2 defines it. To be polled: it
 * is 1 for an element that VS Code has just drawn anew elsewhere.
 */
export async function contrast(text: Locator): Promise<number> {
  const colours = await text.evaluate((element: DomElement) => {
    const isClear = (one: DomElement): boolean =>
      /^rgba\(.*, 0\)$/.test(getComputedStyle(one).backgroundColor);
    let ground = element;
    while (ground.parentElement && isClear(ground)) ground = ground.parentElement;
    return [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor];
  });
  const [dark = 0, light = 0] = colours.map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance of an opaque `rgb(…)` colour. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
