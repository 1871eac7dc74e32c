import { describe, expect, it } from 'vitest';
import type { EnsembleSample, MemberSample } from '../../../src/domain/metrics/ensembleSample';
import { ensembleNotes } from '../../../src/ui/ensemble/notes';
import { refusalNotes } from '../../../src/ui/ensemble/rows';
import { englishL10n as l10n } from '../../fakes/userInput';
import { answered, electing, ensembleAt, unreachable } from '../metrics/samples';

const parent = { kind: 'ensemble', connectionId: 'x' } as const;
const notes = (...samples: EnsembleSample[]): string[] =>
  ensembleNotes(
    parent,
    samples.map((sample) => ({ sample, window: undefined })),
    { l10n, clock: (ms) => `${ms / 1000} s` },
  ).map(({ text }) => text);
describe('a remark about an ensemble', () => {
  it.each([
    [
      'names what to start while one of three runs without a quorum',
      [electing('s1'), unreachable('s2'), unreachable('s3')],
      ['No quorum: 1 of 3 runs, 2 needed: start s2 or s3'],
    ],
    [
      'does so for one that is read-only, and for more',
      [
        answered('s1', 'read-only'),
        electing('s2'),
        ...['s3', 's4', 's5'].map((s) => unreachable(s)),
      ],
      ['No quorum: 2 of 5 run, 3 needed: start s3 or s4 or s5'],
    ],
    [
      'says that they have no leader while enough run',
      [electing('s1'), electing('s2'), unreachable('s3')],
      ['No quorum: 2 of 3 run, but have no leader yet'],
    ],
    ['is not needed when nobody answers, which is said already', [unreachable('s1')], []],
    ['is not needed when all is well', [answered('s1', 'leader'), answered('s2', 'follower')], []],
  ])('%s', (_, members, expected) => {
    expect(notes(ensembleAt(0, ...members))).toEqual(expected);
  });

  it('tells of an election for minutes, at the end', () => {
    const led = (at: number, leader: string, ...more: MemberSample[]) =>
      ensembleAt(at, answered(leader, 'leader'), ...more);
    const values = (count: number) => ({ values: { num_alive_connections: count } });
    const crowd = [answered('s3', 'follower', values(90)), answered('s4', 'follower', values(1))];
    const before = led(0, 's1');
    const leader = answered('s2', 'leader', values(0));
    const crowded = ensembleAt(9_000, leader, ...crowd);
    expect(notes(before, crowded)).toEqual([
      expect.stringContaining('s3 has'),
      's2 was elected at 9 s',
    ]);
    expect(notes(before, led(9_000, 's2'), led(250_000, 's2'))).toEqual(['s2 was elected at 9 s']);
    expect(notes(before, led(9_000, 's2'), led(350_000, 's2'))).toEqual([]);
  });

  it('says what to do about a refusal, of a server alone too', () => {
    const refusal = { source: 'mntr', reason: 'not in the whitelist', remedy: 'x=mntr' };
    const detail = (isAlone: boolean) => refusalNotes(parent, [refusal], isAlone, l10n)[0]?.detail;
    expect(detail(false)).toContain('restart them in turns, the leader last');
    expect(detail(true)).toContain('The server must be started anew then.');
    expect(detail(true)).toContain('zookeeperWorkbench.adminServer.port');
    expect(detail(true)).toMatch(/mntr: not in the whitelist$/);
  });
});
