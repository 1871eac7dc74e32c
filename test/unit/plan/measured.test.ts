import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../../src/domain/capacity/plan/document';
import { parsePath } from '../../../src/domain/capacity/plan/paths';
import { isProblems } from '../../../src/domain/capacity/result';
import { hoverText } from '../../../src/ui/plan/editor/hoverText';
import { withMeasured } from '../../../src/ui/plan/editor/measured';
import { englishL10n } from '../../fakes/userInput';
import { sampleText } from '../capacity/planSupport';

const SPACES = { insertSpaces: true, tabSize: 2, eol: '\n' };
const FSYNC = { field: 'ensemble.fsyncMs', value: 0.4, from: 'mean over 30 s' };

describe('measured inputs of a plan', () => {
  it('are put in with their provenance; all else stays as it is written', () => {
    const text = '{\n  "version": 1,\n  "title":   "mine",\n  "ensemble": { "voters": 3 }\n}\n';
    const changed = withMeasured(text, [FSYNC], SPACES, englishL10n);
    expect(JSON.parse(changed)).toEqual({
      ...{ version: 1, title: 'mine', ensemble: { voters: 3, fsyncMs: 0.4 } },
      measured: { 'ensemble.fsyncMs': 'mean over 30 s' },
    });
    expect(changed).toContain('"title":   "mine"');
    expect(parsePlan(changed)).toMatchObject({
      measured: { 'ensemble.fsyncMs': 'mean over 30 s' },
    });
  });

  it('bring stored results up to date', () => {
    const before = sampleText('queue');
    const changed = withMeasured(before, [{ ...FSYNC, value: 6 }], SPACES, englishL10n);
    const responses = [before, changed].map(
      (text) => /"ensemble\.logResponse",\s*"value": ([\d.]+)/.exec(text)?.[1],
    );
    expect(Number(responses[1])).toBeGreaterThan(2 * Number(responses[0]));
  });

  it('are explained by the hover', () => {
    const root = JSON.parse(
      withMeasured('{"version": 1}', [FSYNC], SPACES, englishL10n),
    ) as unknown;
    const said = hoverText(parsePath('ensemble.fsyncMs'), root, undefined, englishL10n);
    expect(said?.lines.at(-1)).toBe('Measured: mean over 30 s');
  });

  it('are refused where their provenance is no text', () => {
    const read = parsePlan('{"version": 1, "measured": {"ensemble.fsyncMs": 3}}');
    expect(isProblems(read) && read[0]?.where).toBe('measured');
  });
});
