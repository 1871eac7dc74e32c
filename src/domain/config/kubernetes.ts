import { block } from './blocks';
import type { PlanFacts } from './facts';
import type { ConfigFile } from './file';
import { budget, services } from './kubernetesServices';
import { statefulSet } from './kubernetesStatefulSet';
import type { PlannedServer } from './servers';
import { reason } from './text';
import { planLine } from './zooCfg';

export interface KubernetesOptions {
  readonly planFile: string;
  /** Of the StatefulSet and the Service for clients. */
  readonly name: string;
}

/** A StatefulSet with the official image, its Services and its PodDisruptionBudget. */
export function kubernetes(
  facts: PlanFacts,
  servers: readonly PlannedServer[],
  options: KubernetesOptions,
): ConfigFile {
  const { name, planFile } = options;
  const head = [
    reason(planLine(facts, planFile)),
    reason('What stands between the marks is written anew. Documents of your own may follow them.'),
  ];
  return {
    path: 'kubernetes.yml',
    text: [
      block('hash', 'services', [...head, ...services(name)]),
      block('hash', 'budget', budget(name)),
      block('hash', 'statefulset', statefulSet(facts, servers, name)),
    ].join('\n'),
    merge: { kind: 'blocks', comment: 'hash', appends: false },
  };
}
