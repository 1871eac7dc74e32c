import { isProblems } from '../capacity/result';
import type { Problem } from '../placement/types';
import { block } from './blocks';
import {
  type ContainerOptions,
  type ContainerServer,
  imageVariables,
  serversVariable,
  type Variable,
} from './container';
import { containerServers } from './containerServers';
import { ownBlocks } from './existing';
import type { PlanFacts } from './facts';
import { budget, services } from './kubernetesServices';
import { type PodSet, statefulSet } from './kubernetesStatefulSet';
import { reason } from './text';
import { stepReasons, voterStep } from './voterStep';
import { type Written, writtenStep } from './written';
import { planLine } from './zooCfg';
import { leaderServes } from './zooKeys';

const PATH = 'kubernetes.yml';
const VOTERS = 'statefulset';
const OBSERVERS = 'observers';
/** Ids of voters end before it, those of observers begin there. */
const FIRST_OBSERVER = 101;

/**
 * StatefulSets with the official image, one of voters and one of observers, their Services and their
 * PodDisruptionBudget. Pods are numbered from 0 and voters from 1, whatever ids other files have.
 */
export function kubernetes(
  facts: PlanFacts,
  { name, planFile, existing }: ContainerOptions,
): Written | Problem[] {
  const known = containerServers(PATH, existing, { list: VOTERS });
  if (isProblems(known)) return known;
  const { voters, observers } = facts.computed.shape.shape;
  const step = voterStep(PATH, known, voters);
  const sets = [
    { role: 'participant', name, firstId: 1, replicas: step.voters },
    {
      role: 'observer',
      name: `${name}-observer`,
      firstId: FIRST_OBSERVER,
      replicas: observers,
    },
  ] as const;
  const servers = sets.flatMap(({ role, name: set, firstId, replicas }) =>
    Array.from({ length: replicas }, (_, at): ContainerServer => {
      return { id: firstId + at, role, host: `${set}-${at}.${name}-headless` };
    }),
  );
  const variables = variablesOf(facts, servers);
  const remarks = {
    participant: stepReasons(step, {
      check: `kubectl rollout status statefulset/${name}`,
      stop: `kubectl scale statefulset/${name} --replicas=0`,
      removed: `The claims (PVC) of the pod that is taken out stay: data-${name}-${step.voters}, datalog-${name}-${step.voters}.`,
      indent: '  ',
    }),
    observer:
      observers > 0 ? [] : [`  ${reason('none by this plan: delete it, and then this block')}`],
  };
  const ours = ownBlocks(existing);
  const blockOf = (set: (typeof sets)[number], label: string): string[] => {
    const before = ours.get(label);
    // A block that is left out would stay in the file as it was.
    if (set.replicas === 0 && before === undefined) return [];
    const pods: PodSet = {
      ...set,
      ensemble: name,
      remarks: remarks[set.role],
      variables,
      existing: before,
    };
    return [block('hash', label, statefulSet(facts, pods))];
  };
  const head = [
    reason(planLine(facts, planFile)),
    reason('What stands between the marks is written anew. Documents of your own may follow them.'),
  ];
  const text = [
    block('hash', 'services', [...head, ...services(name)]),
    block('hash', 'budget', budget(name)),
    ...blockOf(sets[0], VOTERS),
    ...blockOf(sets[1], OBSERVERS),
  ].join('\n');
  return writtenStep({ path: PATH, text, merge: MERGE }, step);
}

const MERGE = { kind: 'blocks', comment: 'hash', appends: false } as const;

function variablesOf(facts: PlanFacts, servers: readonly ContainerServer[]): Variable[] {
  const isAlone = servers.length === 1;
  const clientsAtLeader = leaderServes(facts);
  return [
    ...imageVariables(facts, { isAlone, clientsAtLeader }),
    ...(isAlone ? [] : [{ name: 'ZOO_SERVERS', value: serversVariable(servers), reason: '' }]),
  ];
}
