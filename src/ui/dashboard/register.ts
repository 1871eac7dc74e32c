import * as vscode from 'vscode';
import type { SamplersLoader } from '../../zk/ensemble/samplersLoader';
import type { Sessions } from '../../zk/sessions';
import { chooseSession } from '../chooseSession';
import { registerCommand } from '../commands';
import { Commands, DASHBOARD_VIEW } from '../contributions';
import type { DashboardPanelPorts, DashboardPanels } from './panels';

export interface DashboardFeature extends Omit<DashboardPanelPorts, 'samplers' | 'sessions'> {
  readonly sessions: Sessions;
  readonly samplers: Pick<SamplersLoader, 'load'>;
}

/** Time lines of ensembles; all but this is loaded with the first one. */
export function registerDashboard(feature: DashboardFeature): vscode.Disposable {
  const { sessions, ui, log } = feature;
  let loaded: Promise<DashboardPanels> | undefined;
  const load = async (): Promise<DashboardPanels> => {
    const [{ DashboardPanels: Panels }, samplers] = await Promise.all([
      import('./panels'),
      feature.samplers.load(),
    ]);
    return new Panels({ ...feature, samplers });
  };
  const panels = (): Promise<DashboardPanels> => (loaded ??= load());
  const show = async (target?: unknown): Promise<void> => {
    const session = await chooseSession(sessions, ui, connectionOf(target));
    if (session) (await panels()).show(session.id);
  };
  const serializer: vscode.WebviewPanelSerializer = {
    async deserializeWebviewPanel(panel, state: unknown) {
      (await panels()).restore(panel, state);
    },
  };
  return vscode.Disposable.from(
    registerCommand(Commands.ensembleDashboard, show, log),
    vscode.window.registerWebviewPanelSerializer(DASHBOARD_VIEW, serializer),
  );
}

/** The connection of a row of a view, or its id. */
function connectionOf(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  const { connectionId } = (target ?? {}) as { connectionId?: unknown };
  return typeof connectionId === 'string' ? connectionId : undefined;
}
