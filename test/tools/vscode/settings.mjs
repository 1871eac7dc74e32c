// @ts-check
/**
 * User settings for a window that shows the extension and nothing else: no welcome pages, no chat,
 * no animation, no look-ups on the network. The reasons of single entries are VS Code's: each one
 * left out shows something in 1.139.
 */
export const CLEAN_WINDOW = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  // A web workbench saves by itself after a second unless told not to.
  'files.autoSave': 'off',
  'workbench.reduceMotion': 'on',
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'workbench.navigationControl.enabled': false,
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'window.autoDetectColorScheme': false,
  'window.autoDetectHighContrast': false,
  // An untrusted window opens without a question; it says so in its banner and status bar.
  'security.workspace.trust.startupPrompt': 'never',
  // Ports that tests open would raise notifications.
  'remote.autoForwardPorts': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
};
