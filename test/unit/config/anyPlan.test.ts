import { assert, constantFrom, integer, property, record, string } from 'fast-check';
import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { isProblems } from '../../../src/domain/capacity/result';
import { changesOf } from '../../../src/domain/config/changes';
import { planFacts } from '../../../src/domain/config/facts';
import { lintZooCfg } from '../../../src/domain/config/lint/lint';
import { sample, SAMPLES } from '../capacity/planSupport';
import { fileOf, filesOf } from './configSupport';

const ensembles = record({
  voters: constantFrom(0, 3, 5, 7),
  zones: integer({ min: 3, max: 5 }),
  measuredReadsPerServerPerSecond: constantFrom(0, 125, 1000),
  sessionTimeoutMs: constantFrom(2_000, 10_000, 90_000),
  snapCount: integer({ min: 1000, max: 1_000_000 }),
  maxBufferBytes: constantFrom(1_048_575, 4_194_304),
});

it('writes files of any plan that hold together, and nothing the second time', () => {
  assert(
    property(
      constantFrom(...SAMPLES),
      ensembles,
      string({ unit: 'binary', maxLength: 60 }),
      (name, ensemble, title) => {
        const { input } = sample(name);
        const facts = planFacts({ ...input, title, ensemble: { ...input.ensemble, ...ensemble } });
        if (isProblems(facts)) return;
        const first = filesOf(facts);
        const written = new Map(first.map(({ path, text }) => [path, text]));
        // What was written names servers, which the second run takes up.
        const again = filesOf(facts, { existing: written });
        const kinds = new Set(changesOf(again, written).map(({ kind }) => kind));
        expect([...kinds]).toEqual(['unchanged']);
        for (const [path, text] of written) {
          if (/ya?ml$/.test(path)) {
            expect(
              parseAllDocuments(text).flatMap(({ errors }) => errors),
              path,
            ).toEqual([]);
          }
        }
        const plan = { file: 'a.zkplan.json', facts };
        expect(lintZooCfg(fileOf(first, 'zoo.cfg').text, false, { plan })).toEqual([]);
        expect(lintZooCfg(fileOf(first, 'local/server.1/zoo.cfg').text, false, { plan })).toEqual(
          [],
        );
      },
    ),
    { numRuns: 25 },
  );
});
