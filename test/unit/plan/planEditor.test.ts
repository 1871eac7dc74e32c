import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planDocument } from '../../../src/domain/capacity/plan/document';
import { examine, type Finding } from '../../../src/ui/plan/editor/findings';
import { inputOfGoal } from '../../../src/domain/capacity/plan/goalInputs';
import { hoverText } from '../../../src/ui/plan/editor/hoverText';
import { misspeltNames } from '../../../src/ui/plan/editor/misspelt';
import { PlanPlaces } from '../../../src/ui/planPlaces';
import { recompute } from '../../../src/ui/plan/editor/recompute';
import {
  fieldAt,
  leavesOf,
  parsePath,
  pathText,
  withValueAt,
} from '../../../src/domain/capacity/plan/paths';
import { englishL10n } from '../../fakes/userInput';
import { inputOf, planned, sample, SAMPLES, sampleText } from '../capacity/planSupport';

const SPACES = { insertSpaces: true, tabSize: 2, eol: '\n' };

/** A text with a value changed, otherwise as it was. */
function changed(text: string, path: string, value: unknown): string {
  const root = JSON.parse(text) as unknown;
  return JSON.stringify(withValueAt(root, parsePath(path), value), undefined, 2);
}
const marked = (text: string, { from, to }: Finding): string => text.slice(from, to);
const findingsOf = (text: string): readonly Finding[] => examine(text, englishL10n).findings;
const cacheText = sampleText('cache');

describe('findings in a plan', () => {
  it.each(SAMPLES)('has none for the sample %s', (name) => {
    const { findings, isOutdated, hasResults } = examine(sampleText(name), englishL10n);
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect({ isOutdated, hasResults }).toEqual({ isOutdated: false, hasResults: true });
  });

  it('marks the input that makes a plan impossible, with what to do', () => {
    const text = changed(cacheText, 'pool.responseGoalMs', 0.001);
    const [finding] = findingsOf(text);
    expect(finding).toMatchObject({ severity: 'error', code: 'latency' });
    expect(finding && marked(text, finding)).toBe('0.001');
  });

  it('marks a group by its name, not by its lines', () => {
    const text = changed(cacheText, 'pool', { preset: 'random', instanceTypes: [] });
    const [finding] = findingsOf(text);
    expect(finding && marked(text, finding)).toBe('"instanceTypes"');
  });

  it('marks the limit of a missed goal, and what contradicts the advice on layouts', () => {
    const text = [
      ['ensemble.writeGoalMs', 0.1] as const,
      ['ensemble.voters', 9] as const,
      ['ensemble.commonCauseShare', 0.01] as const,
    ].reduce((now, [path, value]) => changed(now, path, value), cacheText);
    const findings = findingsOf(text).map((one) => [one.code, marked(text, one), one.severity]);
    expect(findings).toContainEqual(['goal', '0.1', 'warning']);
    expect(findings).toContainEqual(['tooManyVoters', '9', 'info']);
  });

  it('says when stored results are not those of the inputs, at their name', () => {
    const text = changed(cacheText, 'scenario.getsPerSecond', 150_000);
    const outdated = findingsOf(text).find(({ code }) => code === 'outdated');
    expect(outdated?.message).toMatch(
      /Requests at peak is stored as 264,000\/s, computed 324,000\/s.* And \d+ more/,
    );
    expect(outdated && marked(text, outdated)).toBe('"plan"');
  });

  it('says missed goals by their labels, with limits in full and the value that would do', () => {
    const text = changed(cacheText, 'ensemble.clientsPerAddress', 500);
    const outage = changed(cacheText, 'ensemble.outageGoalMinutesPerYear', 1);
    const voters = changed(outage, 'ensemble.voters', 3);
    const goals = findingsOf(changed(text, 'ensemble.openFiles', 250)).filter(
      ({ code }) => code === 'goal',
    );
    expect(goals.map(({ message, remedy }) => [message.split('.')[0], remedy])).toEqual([
      [
        'Connections from one address: 500, at most 60 is wanted',
        { input: 'ensemble.maxClientCnxns', value: 500 },
      ],
      ['Open files: 308, at most 250 is wanted', { input: 'ensemble.openFiles', value: 308 }],
    ]);
    const [finding] = findingsOf(voters);
    expect(finding && marked(voters, finding)).toBe('1');
    expect(finding?.message).toContain('minutes a year');
  });

  it('offers no value that its input refuses', () => {
    const text = [
      ['scenario.readsPerSecond', 1e8] as const,
      ['scenario.replicaRoundTripsMs', [50, 50, 50]] as const,
      ['scenario.connections', 10] as const,
      ['pool.responseGoalMs', 1e6] as const,
      ['pool.instanceTypes[0].requestsPerSecond', 1e6] as const,
    ].reduce((now, [path, value]) => changed(now, path, value), sampleText('database'));
    const found = findingsOf(text).find(({ message }) => message.startsWith('Connections in use'));
    expect(found?.message).toMatch(/at least \d{8} connections/);
    expect(found?.remedy).toBeUndefined();
  });

  it('says at the copies of the hottest key what they ask of the application', () => {
    const text = changed(cacheText, 'pool.hottestKeyShare', 0.5);
    const found = findingsOf(text).find(({ code }) => code === 'hotKeyCopies');
    expect(found && [marked(text, found), found.severity]).toEqual(['12', 'info']);
  });

  it('leaves to VS Code what the schema says', () => {
    expect(findingsOf(changed(cacheText, 'scenario.getsPerSecond', 'many'))).toEqual([]);
    expect(findingsOf(changed(cacheText, 'pool.speling', 1))).toEqual([]);
    expect(findingsOf('{')).toEqual([]);
    expect(findingsOf('')).toEqual([]);
  });

  it('says that a newer program has stored the results', () => {
    const [finding] = findingsOf(changed(cacheText, 'plan.modelVersion', 99));
    expect(finding).toMatchObject({ severity: 'error', code: 'newerModel' });
  });

  it('knows the input of every goal', () => {
    const goals = SAMPLES.flatMap((name) => planned(sample(name).input).goals);
    const kinds = [undefined, ...SAMPLES];
    for (const { name } of goals) {
      const path = inputOfGoal(name);
      expect(path.length, name).toBe(2);
      expect(
        kinds.some((kind) => fieldAt(path, kind)),
        name,
      ).toBe(true);
    }
  });
});

describe('misspelt names', () => {
  it('are found with what they may stand for', () => {
    const text = changed(
      changed(changed(cacheText, 'pool.responseGoal', 1), 'scenario.getPerSecond', 1),
      'pool.instanceTypes[1].slot',
      2,
    );
    const found = misspeltNames(text);
    expect(found.map(({ name, meant }) => [name, meant])).toEqual([
      ['getPerSecond', 'getsPerSecond'],
      ['responseGoal', 'responseGoalMs'],
      ['slot', 'slots'],
    ]);
    expect(found.map(({ from, to }) => text.slice(from, to))).toEqual([
      '"getPerSecond"',
      '"responseGoal"',
      '"slot"',
    ]);
    expect(misspeltNames(cacheText)).toEqual([]);
    expect(misspeltNames('{')).toEqual([]);
  });
});

describe('a document that is no plan', () => {
  const deep = '['.repeat(50_000);
  it.each([
    '',
    'null',
    '[]',
    '{"version":1,"version":2}',
    deep,
    `{"version":1,"pool":${deep}${deep.replaceAll('[', ']')}}`,
    `{"$schema":${deep}${deep.replaceAll('[', ']')}}`,
    `{"version":1,"__proto__":{"scenario":1},"constructor":[]}`,
  ])('is examined without harm: %#', (text) => {
    expect(() => examine(text, englishL10n)).not.toThrow();
    expect(new PlanPlaces(text).pathAt(text.length >> 1)).toBeInstanceOf(Array);
  });

  it('is examined without harm whatever stands in a plan', () => {
    const places = leavesOf('cache').map(({ path }) => path);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (path, value) => {
        const text = JSON.stringify(withValueAt(JSON.parse(cacheText), path, value));
        const { findings } = examine(text, englishL10n);
        for (const { from, to } of findings) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('recomputing a plan', () => {
  const apply = (text: string): string => {
    const change = recompute(text, SPACES, englishL10n);
    return change ? text.slice(0, change.from) + change.text + text.slice(change.to) : text;
  };

  it('does nothing when the results are there', () => {
    for (const name of SAMPLES) {
      expect(recompute(sampleText(name), SPACES, englishL10n)).toBeUndefined();
    }
  });

  it('changes the results only, whatever the user wrote around them', () => {
    const inputs = `{
    "$schema":   "./mine.json",
  "version": 1, "title": "Odd \\u0041",
      "otherLoad": { "sessions": 10
  }`;
    const text = `${inputs}\n}\n`;
    const once = apply(text);
    expect(once.startsWith(inputs)).toBe(true);
    expect(JSON.parse(once)).toMatchObject({
      plan: planned(inputOf({ otherLoad: { sessions: 10 } })),
    });
    expect(apply(once)).toBe(once);
    const more = once.replace('"sessions": 10', '"sessions": 99000');
    const change = recompute(more, SPACES, englishL10n);
    expect(change?.from).toBeGreaterThan(inputs.length);
    expect((change?.to ?? 0) - (change?.from ?? 0)).toBeLessThan(more.length - inputs.length);
    expect(findingsOf(apply(more)).map(({ code }) => code)).not.toContain('outdated');
  });

  it('keeps tabs, and the lines of Windows', () => {
    const text = '{\r\n\t"version": 1\r\n}\r\n';
    const indentation = { insertSpaces: false, tabSize: 1, eol: '\r\n' };
    const change = recompute(text, indentation, englishL10n);
    expect(change?.text).toMatch(/^,\r\n\t"plan": \{\r\n\t\t"modelVersion"/);
    expect(change?.text).not.toMatch(/[^\r]\n/);
  });

  it('says why there are no results', () => {
    const impossible = changed(cacheText, 'pool.responseGoalMs', 0.001);
    expect(() => recompute(impossible, SPACES, englishL10n)).toThrow(
      /The plan has no results: .*idle/,
    );
    expect(() => recompute('{', SPACES, englishL10n)).toThrow(/no JSON/);
  });

  it('writes what the program in the terminal writes', () => {
    const { input } = sample('queue');
    const bare = JSON.stringify({ version: 1, ...input }, undefined, 2);
    expect(JSON.parse(apply(bare))).toEqual(
      JSON.parse(JSON.stringify(planDocument(input, planned(input)))),
    );
  });
});

describe('hovers in a plan', () => {
  const root = JSON.parse(cacheText) as unknown;
  const hover = (path: string) =>
    hoverText(parsePath(path), root, planned(sample('cache').input), englishL10n);

  it('explain a number by unit, range and default', () => {
    expect(hover('ensemble.memoryBytes')).toEqual({
      heading: 'Memory size: 8 GiB',
      lines: ['A number, 512 MiB or more.', 'Default: 8 GiB'],
    });
    expect(hover('scenario.getsPerSecond')?.lines[1]).toBe('It has to be given.');
    expect(hover('pool.instanceTypes[1].memoryBytes')?.heading).toBe('Memory size: 28 GiB');
  });

  it('explain a choice by its title', () => {
    expect(hover('ensemble.logDevice')?.heading).toBe('Log device: SSD: 1 ms');
    expect(hover('pool.survivesZoneLoss')?.lines).toEqual(['Default: false']);
  });

  it('explain a result by its reason, model and accuracy', () => {
    const said = hover('plan.results[1].value');
    expect(said?.heading).toBe('Servers in the pool: 15');
    expect(said?.lines[0]).toContain('10 must be left');
    expect(said?.lines[1]).toBe('Accuracy: exact. Model: pool');
  });

  it('say nothing elsewhere', () => {
    for (const path of ['', 'version', 'plan', 'plan.results', 'nonsense.x', 'pool.nonsense']) {
      expect(hover(path), path).toBeUndefined();
    }
  });
});

describe('places in a plan', () => {
  it('are found by path and by position', () => {
    const places = new PlanPlaces(cacheText);
    for (const path of ['scenario.getsPerSecond', 'pool.instanceTypes[1].slots', 'plan']) {
      const { from } = places.spanOf(parsePath(path));
      expect(pathText(places.pathAt(from + 1))).toBe(path);
    }
  });
});
