import * as vscode from 'vscode';

/** The column with a tab of such a document, the active one first; undefined when there is none. */
export function columnShowing(
  isWanted: (uri: vscode.Uri) => boolean,
): vscode.ViewColumn | undefined {
  const { activeTabGroup, all } = vscode.window.tabGroups;
  const shows = ({ tabs }: vscode.TabGroup): boolean =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && isWanted(input.uri));
  return [activeTabGroup, ...all].find(shows)?.viewColumn;
}
