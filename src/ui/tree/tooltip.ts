import * as vscode from 'vscode';
import { formatBytes, formatSessionId, formatZxid } from '../../domain/znode/format';
import { baseName, type ZPath } from '../../domain/znode/path';
import { decodeName } from '../../domain/znode/displayName';
import { isEphemeral, type ZnodeStat } from '../../domain/znode/stat';
import { escapeMarkdown } from '../plainText';
import { describeAge, describeTime } from '../relativeTime';

/** The whole stat in human units, as a table of text: names from the server never become markup. */
export function znodeTooltip(
  path: ZPath,
  stat: ZnodeStat | undefined,
  nowMs: number,
): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const rows: [string, string][] = [[t('Path'), path]];
  const decoded = decodeName(baseName(path));
  if (decoded !== undefined) rows.push([t('Decoded'), decoded]);
  if (stat) rows.push(...statRows(stat, nowMs));
  const tooltip = new vscode.MarkdownString();
  tooltip.isTrusted = false;
  tooltip.appendMarkdown('| | |\n|:--|:--|\n');
  for (const [name, value] of rows) {
    tooltip.appendMarkdown(`| ${escapeMarkdown(name)} | ${escapeMarkdown(value)} |\n`);
  }
  return tooltip;
}

function statRows(stat: ZnodeStat, nowMs: number): [string, string][] {
  const { t } = vscode.l10n;
  const time = (ms: number): string => t('{0} ({1})', describeTime(ms), describeAge(ms, nowMs));
  const rows: [string, string][] = [
    [t('Data'), t('{0}, version {1}', formatBytes(stat.dataLength), stat.version)],
    [t('Children'), t('{0}, version {1}', stat.numChildren, stat.cversion)],
    [t('ACL'), t('version {0}', stat.aversion)],
  ];
  // The znodes that every server has from the start have no times.
  if (stat.ctime > 0) rows.push([t('Created'), time(stat.ctime)]);
  if (stat.mtime > 0) rows.push([t('Modified'), time(stat.mtime)]);
  if (isEphemeral(stat)) {
    rows.push([t('Ephemeral'), t('owned by session {0}', formatSessionId(stat.ephemeralOwner))]);
  }
  rows.push(
    [t('Created by'), `czxid ${formatZxid(stat.czxid)}`],
    [t('Modified by'), `mzxid ${formatZxid(stat.mzxid)}`],
    [t('Children changed by'), `pzxid ${formatZxid(stat.pzxid)}`],
  );
  return rows;
}
