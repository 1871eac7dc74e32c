import * as vscode from 'vscode';
import { registerCommand } from '../commands';
import { PlanCommands, REPORT_VIEW } from '../contributions';
import { planUriOf } from '../planUri';
import type { ReportPanels, ReportPorts } from './panels';

/** Reports of plan documents; all but this is loaded with the first one. */
export function registerReport(ports: ReportPorts): vscode.Disposable {
  let loaded: Promise<ReportPanels> | undefined;
  const panels = (): Promise<ReportPanels> =>
    (loaded ??= import('./panels').then(({ ReportPanels: Panels }) => new Panels(ports)));
  const show = async (target?: unknown): Promise<void> => {
    const uri = planUriOf(target);
    (await panels()).show(uri);
  };
  const serializer: vscode.WebviewPanelSerializer = {
    async deserializeWebviewPanel(panel, state: unknown) {
      (await panels()).restore(panel, state);
    },
  };
  return vscode.Disposable.from(
    registerCommand(PlanCommands.showReport, show, ports.log),
    vscode.window.registerWebviewPanelSerializer(REPORT_VIEW, serializer),
  );
}
