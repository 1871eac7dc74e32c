import * as vscode from 'vscode';
import type { Logger } from '../../base/logger';
import { registerCommand } from '../commands';
import { PlanCommands } from '../contributions';
import type { WriteConfigPorts } from './writeConfig';

export interface ConfigFeature extends WriteConfigPorts {
  readonly log: Logger;
}

/** Config files: written from plans, and looked over where they are open. All of it loads late. */
export function registerConfig({ log, ...ports }: ConfigFeature): vscode.Disposable {
  const write = async (target?: unknown): Promise<void> => {
    const { writeConfig } = await import('./writeConfig');
    await writeConfig(ports, target);
  };
  return vscode.Disposable.from(registerCommand(PlanCommands.writeConfig, write, log));
}
