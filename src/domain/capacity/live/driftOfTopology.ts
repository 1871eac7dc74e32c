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
  const { members, configured } = sample;
  const quorum = quorumOf(sample);
  const isAlone = members.some((member) => roleOf(member) === 'standalone');
  const isKnown =
    isAlone || configured !== undefined || members.some(({ isVoter }) => isVoter !== undefined);
  const observers = configured?.observers ?? members.filter(isObserver).length;
  const base = { kind: 'topology', field: 'ensemble.voters' } as const;
  const compared = (
    name: string,
    [there, planned]: readonly [number, number],
    what: string,
    more: Pick<Comparison, 'fix'> = {},
  ): Comparison => {
    if (!isKnown) {
      const message =
        `${count(there, what)} found, ${planned} planned; who else is a member is not known, ` +
        'since no server tells the configuration.';
      return { ...base, name, verdict: 'unknown', message };
    }
    if (there === planned) {
      return { ...base, name, verdict: 'same', message: `${count(planned, what)}, as planned.` };
    }
    const message = `${membersText(there, what)}, ${planned} planned.`;
    return { ...base, name, verdict: 'drift', message, ...more };
  };
  const { voters } = quorum;
  const fix = { field: 'ensemble.voters', value: voters, from: 'members of the ensemble' };
  const isNews = voters > 0 && input.ensemble.voters !== voters;
  const found = compared('voters', [voters, shape.voters], 'voter', isNews ? { fix } : {});
  const learners = compared('observers', [observers, shape.observers], 'observer');
  const presence: Comparison = {
    ...{ ...base, name: 'presence' },
    ...presenceOf(sample, quorum, voters + observers),
  };
  return isAlone && shape.voters === 1 ? [found, presence] : [found, learners, presence];
}

/** @param all how many members there are */
function presenceOf(
  { members }: EnsembleSample,
  quorum: QuorumState,
  all: number,
): Pick<Comparison, 'verdict' | 'message'> {
  const absent = members.filter((member) => !isServing(member));
  if (absent.length > 0) {
    const message = `${absent.map(described).join(', ')}; ${survivalText(quorum)}.`;
    return { verdict: 'drift', message };
  }
  if (members.length < all) {
    const message = `${members.length} of ${count(all, 'member')} can be reached from here.`;
    return { verdict: 'unknown', message };
  }
  return { verdict: 'same', message: 'All members serve.' };
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
