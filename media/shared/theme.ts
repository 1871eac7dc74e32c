/** Calls back when VS Code's theme changed; variables are the new ones then. */
export function onThemeChange(repaint: () => void): void {
  new MutationObserver(repaint).observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-id'],
  });
}

/** The colour of a theme variable, such as `foreground`, as it is now. */
export function themeColour(theme: CSSStyleDeclaration, name: string): string {
  return theme.getPropertyValue(`--vscode-${name}`).trim();
}
