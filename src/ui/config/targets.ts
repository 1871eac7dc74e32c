import type * as vscode from 'vscode';
import { type Target, TARGETS } from '../../domain/config/file';
import type { PickItem } from '../userInput';

/** What may be written, as it is chosen. */
export function targetItems(l10n: typeof vscode.l10n): PickItem<Target>[] {
  const texts: Record<Target, readonly [label: string, description: string]> = {
    zoo: ['zoo.cfg', l10n.t('Configuration of each server')],
    dynamic: ['zoo.cfg.dynamic', l10n.t('The list of servers in a file of its own')],
    myid: ['myid', l10n.t('The number of each server')],
    java: ['java.env', l10n.t('Heap and options of Java')],
    metrics: [
      l10n.t('Metrics for Prometheus in zoo.cfg'),
      l10n.t('Needs a build with the provider; Debian’s 3.8 does not start with it'),
    ],
    compose: ['docker-compose.yml', l10n.t('The ensemble in containers of this machine')],
    kubernetes: ['kubernetes.yml', l10n.t('StatefulSet, Services, PodDisruptionBudget')],
    systemd: [l10n.t('systemd unit'), l10n.t('Runs an unpacked ZooKeeper')],
    prometheus: [
      l10n.t('Prometheus alert rules'),
      l10n.t('Alerts where the ensemble leaves the plan'),
    ],
    grafana: [l10n.t('Grafana dashboard'), l10n.t('The plan’s limits as lines')],
    pool: [l10n.t('Pool of servers'), l10n.t('Proxies that spread requests as planned')],
    summary: ['PLAN.md', l10n.t('Reasons, and a runbook when servers join or leave')],
    local: [l10n.t('Local ensemble'), l10n.t('The same on loopback, to try it on this machine')],
  };
  return TARGETS.map((value) => {
    const [label, description] = texts[value];
    return { value, label, description };
  });
}
