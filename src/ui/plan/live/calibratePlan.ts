import * as vscode from 'vscode';
import { calibrate, calibrationText } from '../../../domain/capacity/live/calibrate';
import { shortResidual } from '../../../domain/capacity/live/residuals';
import { pickSome } from '../../pickSome';
import type { Comparisons } from './comparisons';
import type { LivePorts } from './register';
import { measureFor } from './measureFor';
import { measuredItems } from './measuredItems';
import { applyMeasured, choosePlan, readPlanText, showPlan } from './planDocument';

/**
 * *Calibrate Plan from Live Ensemble*: shows how far the model is from what servers say, then takes
 * over the measured inputs that the user chooses.
 */
export async function calibratePlan(
  ports: LivePorts,
  comparisons: Comparisons,
  target: unknown,
): Promise<void> {
  const { t } = vscode.l10n;
  const { ui, answers } = ports;
  const title = t('Calibrate Plan from Live Ensemble');
  const uri = await choosePlan(target, ui);
  const document = await vscode.workspace.openTextDocument(uri);
  const { input } = readPlanText(document);
  const also = () => Promise.resolve();
  const measured = await measureFor(ports, target, { title, also });
  if (!measured) return;
  const { name, measurement } = measured;
  const when = t('{0} UTC at {1}', new Date().toISOString().slice(0, 16).replace('T', ' '), name);
  const calibration = calibrate(input, measurement.seen, measurement.sessions, when);
  await showPlan(document);
  await answers.show(t('calibration of {0}', name), calibrationText(calibration), 'plaintext', {
    beside: true,
  });
  const { parameters, residuals } = calibration;
  const [first] = residuals;
  const summary = first
    ? shortResidual(first, measurement.seen)
    : t('the servers tell no latencies');
  if (parameters.length === 0) {
    const message = t('{0}. The inputs of the plan are as measured already.', summary);
    ui.notify({ severity: 'info', message });
    return;
  }
  const question = {
    title,
    placeholder: summary,
    ...measuredItems(parameters, vscode.l10n),
  };
  const hint = t('Tick the values to take over, or press Escape to leave the plan as it is.');
  const chosen = await pickSome(ui, question, hint);
  await applyMeasured(document, chosen);
  comparisons.forget(uri.toString()); // an earlier comparison is of another measurement
}
