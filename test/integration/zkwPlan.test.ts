import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zkw } from './zkwProcess';

const samples = join(import.meta.dirname, '../sample/plans');
const sample = (name: string): string => join(samples, `${name}.zkplan.json`);
type Json = Record<string, unknown>;
const read = (path: string): Json => JSON.parse(readFileSync(path, 'utf8')) as Json;

let directory: string;
/** Writes a document to a file of its own. */
function stored(name: string, document: unknown): string {
  const path = join(directory, `${name}.zkplan.json`);
  writeFileSync(path, typeof document === 'string' ? document : JSON.stringify(document));
  return path;
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'zkw-plan-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('zkw plan', () => {
  it.each(['cache', 'metadata', 'queue', 'database'])(
    'prints the %s as it is stored',
    async (name) => {
      const { code, stdout, stderr } = await zkw(['plan', sample(name), '--json', '--check']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toBe(readFileSync(sample(name), 'utf8'));
    },
  );

  it('prints a report with servers, reasons and goals', async () => {
    const { code, stdout } = await zkw(['plan', sample('cache')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/pool\.servers +15 /);
    expect(stdout).toMatch(/utilisation binds/);
    expect(stdout).toMatch(/ensemble\.voters +3 /);
    expect(stdout).toMatch(/Improvements, the cheapest first\n {2}\[/);
  });

  it('--check ends with 1 for a missed goal and for results that changed', async () => {
    const document = read(sample('cache'));
    const pool = { ...(document['pool'] as Json), serverAddresses: ['a:1', 'b:1'] };
    const missed = await zkw([
      'plan',
      stored('missed', { ...document, pool, plan: undefined }),
      '--check',
    ]);
    expect(missed.code).toBe(1);
    expect(missed.stderr).toMatch(/pool\.knownServers is 2, at least 15 wanted/);
    const scenario = { ...(document['scenario'] as Json), getsPerSecond: 130_000 };
    const changed = await zkw(['plan', stored('changed', { ...document, scenario }), '--check']);
    expect(changed.code).toBe(1);
    expect(changed.stderr).toMatch(/pool\.requestsPerSecond is stored as 264000, computed 284000/);
  });

  it('--check ends with 3 for results of an older model', async () => {
    const document = read(sample('queue'));
    const plan = { ...(document['plan'] as Json), modelVersion: 0 };
    const { code, stderr } = await zkw(['plan', stored('old', { ...document, plan }), '--check']);
    expect(code).toBe(3);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('a plan that cannot be ends with 1 and says what to change', async () => {
    const path = stored('zones', { version: 1, ensemble: { zones: 2 } });
    const { code, stdout, stderr } = await zkw(['plan', path]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/ensemble\.zones: .*Use three zones/);
  });

  it.each<[string, unknown]>([
    ['no JSON', '{"version":'],
    ['a misspelt field', { version: 1, ensemble: { votres: 3 } }],
    ['a number out of range', { version: 1, ensemble: { voters: -1 } }],
    ['no version', {}],
  ])('%s ends with 2 and one line', async (name, document) => {
    const { code, stdout, stderr } = await zkw(['plan', stored(name, document)]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it.each([['plan'], ['plan', 'a', 'b'], ['plan', 'missing.json'], ['plan', 'a', '--list']])(
    'zkw %s %s ends with 2',
    async (...args) => {
      const { code, stderr } = await zkw(args);
      expect(code).toBe(2);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    },
  );
});

describe('zkw model', () => {
  it.each([
    [['mm1', 'lambda=8', 'mu=10'], 'response', 0.5],
    [['mmc', 'lambda=8', 'mu=1', 'c=10'], 'response', 1.2045900754],
    [['erlangb', 'c=10', 'A=10'], 'lossProbability', 0.214582343107],
    [['group-commit', 'writes=1000'], 'response', 0.001393605],
    [['imbalance', 'N=10', 'V=160'], 'imbalance', 1.2023907166],
    [['pool', 'lambda=20000', 'mu=1000', 'V=160', 'T=0.02'], 'servers', 37],
    [
      ['availability', 'layout=2,2,1', 'serverDown=0.001', 'zoneDown=0.0005'],
      'unavailability',
      3.7567e-6,
    ],
  ])('%j', async (args, name, value) => {
    const { code, stdout, stderr } = await zkw(['model', ...args]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const results = JSON.parse(stdout) as { name: string; value: number }[];
    const found = results.find((one) => one.name === name)?.value;
    expect((found ?? NaN) / value).toBeCloseTo(1, 4);
  });

  it('--list names every model with its keys', async () => {
    const { stdout } = await zkw(['model', '--list']);
    const names = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[0]);
    expect(names).toEqual(
      expect.arrayContaining(['mm1', 'mva', 'usl', 'quorum', 'heap', 'pool', 'imbalance']),
    );
    expect(new Set(names).size).toBe(names.length);
    const { stdout: json } = await zkw(['model', '--list', '--json']);
    expect((JSON.parse(json) as Json[]).map(({ name }) => name)).toEqual(names);
  });

  it.each([
    ['model'],
    ['model', 'nothing'],
    ['model', 'mm1', 'lambda=8'],
    ['model', 'mm1', 'lambda=x', 'mu=1'],
    ['model', 'mm1', 'lambda=12', 'mu=10'],
    ['model', 'mm1', 'lambda'],
    ['model', 'mm1', 'lambda=1', 'lambda=2', 'mu=9'],
    ['model', 'pool', 'lambda=1e9', 'mu=1', 'T=9'],
    ['model', 'mm1', 'lambda=8', 'mu=10', '--check'],
  ])('zkw %s %s %s %s ends with 2 and one line', async (...args) => {
    const { code, stdout, stderr } = await zkw(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
