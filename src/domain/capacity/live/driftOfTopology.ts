import { type EnsembleSample, type MemberSample, roleOf } from '../../metrics/ensembleSample';
import { quorumOf, type QuorumState } from '../../metrics/quorum';
import type { Evaluation } from '../plan/evaluate';
import type { PlanInput } from '../plan/inputFields';
import type { Comparison } from './drift';

/** Who should be there, who is a member, and who answers. */
export function driftOfTopology(
  input: PlanInput,
  { shape: { shape } }: Evaluation,
  sample: EnsembleSample,
): Comparison[] {
  const quorum = quorumOf(sample);
  const observers = sample.members.filter(isObserver).length;
  const base = { kind: 'topology', field: 'ensemble.voters' } as const;
  const voters: Comparison =
    quorum.voters === shape.voters
      ? {
          ...base,
          name: 'voters',
          verdict: 'same',
          message: `${count(shape.voters, 'voter')}, as planned.`,
        }
      : {
          ...{ ...base, name: 'voters', verdict: 'drift' },
          message: `${membersText(quorum.voters, 'voter')}, ${shape.voters} planned.`,
          ...(quorum.voters > 0 && input.ensemble.voters !== quorum.voters
            ? {
                fix: {
                  field: 'ensemble.voters',
                  value: quorum.voters,
                  from: 'members of the ensemble',
                },
              }
            : {}),
        };
  const learners: Comparison = {
    ...{ ...base, name: 'observers' },
    verdict: observers === shape.observers ? 'same' : 'drift',
    message:
      observers === shape.observers
        ? `${count(observers, 'observer')}, as planned.`
        : `${membersText(observers, 'observer')}, ${shape.observers} planned.`,
  };
  const absent = sample.members.filter((member) => !isServing(member));
  const presence: Comparison =
    absent.length === 0
      ? { ...base, name: 'presence', verdict: 'same', message: 'All members serve.' }
      : {
          ...{ ...base, name: 'presence', verdict: 'drift' },
          message: `${absent.map(described).join(', ')}; ${survivalText(quorum)}.`,
        };
  const mode = sample.members.some((member) => roleOf(member) === 'standalone') ? 'alone' : '';
  return mode === 'alone' && shape.voters === 1 ? [voters, presence] : [voters, learners, presence];
}

const count = (number: number, what: string): string =>
  `${number} ${what}${number === 1 ? '' : 's'}`;

const membersText = (number: number, what: string): string =>
  `${count(number, what)} ${number === 1 ? 'is a member' : 'are members'}`;

function survivalText({ hasQuorum, spare }: QuorumState): string {
  if (!hasQuorum) return 'there is no quorum';
  return spare === undefined
    ? 'how many more failures the ensemble survives is not known'
    : `the ensemble survives ${count(spare, 'more failure')}`;
}

const isObserver = (member: MemberSample): boolean =>
  roleOf(member) === 'observer' || (member.isVoter === false && member.kind !== 'answered');

const isServing = (member: MemberSample): boolean =>
  ['leader', 'follower', 'observer', 'standalone'].includes(roleOf(member));

const described = (member: MemberSample): string => {
  switch (roleOf(member)) {
    case 'unreachable':
      return `${member.address} cannot be reached`;
    case 'read-only':
    case 'notServing':
      return `${member.address} has no quorum`;
    default:
      return `${member.address} does not say what it is`;
  }
};
