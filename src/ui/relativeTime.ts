import * as vscode from 'vscode';
import { relativeTime } from '../domain/znode/format';

/** `3 minutes ago`, in the language of VS Code. */
export function describeAge(thenMs: number, nowMs: number): string {
  const { value, unit } = relativeTime(thenMs, nowMs);
  return new Intl.RelativeTimeFormat(vscode.env.language, { numeric: 'auto' }).format(value, unit);
}

/** Date and time to the second, in the language and time zone of the user. */
export function describeTime(ms: number): string {
  return new Date(ms).toLocaleString(vscode.env.language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
}

/** The time of day to the second. */
export function describeClock(ms: number): string {
  return new Date(ms).toLocaleTimeString(vscode.env.language, { timeStyle: 'medium' });
}
