/**
 * The built-in themes whose ids both tested versions know, and the class that the workbench has
 * under each.
 */
export const THEMES = {
  dark: { id: 'Default Dark Modern', cssClass: 'vs-dark' },
  light: { id: 'Default Light Modern', cssClass: 'vs' },
  highContrast: { id: 'Default High Contrast', cssClass: 'hc-black' },
  highContrastLight: { id: 'Default High Contrast Light', cssClass: 'hc-light' },
} as const;

export type ThemeName = keyof typeof THEMES;
