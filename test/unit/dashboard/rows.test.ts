import { describe, expect, test } from 'vitest';
import {
  thinned,
  topOf,
  firstAfter,
  hasValues,
  nearestRow,
  runsOf,
  timesOf,
} from '../../../media/dashboard/series';
import { fullText, shortText } from '../../../media/dashboard/values';
import { ticksOf } from '../../../media/dashboard/ticks';
import type { Unit } from '../../../src/domain/capacity/result';
import { CHARTS, type ChartId } from '../../../src/domain/dashboard/charts';
import { csvOf } from '../../../src/domain/dashboard/csv';
import { markersBetween } from '../../../src/domain/dashboard/markers';
import {
  MOST_ROWS,
  packed,
  type Row,
  Rows,
  unpacked,
  valueAt,
} from '../../../src/domain/dashboard/rows';
import type { EnsembleSample } from '../../../src/domain/metrics/ensembleSample';
import { ensembleWindow } from '../../../src/domain/metrics/ensembleWindow';
import { answered, ensembleAt, unreachable } from '../metrics/samples';
import { INTERVAL_MS, SimulatedEnsemble, START } from './simulate';

function rowAt({ all }: Rows, index: number): Row {
  const row = all.at(index);
  if (!row) throw new Error(`no row ${index}`);
  return row;
}
const last = (rows: Rows): Row => rowAt(rows, -1);

const at = (id: ChartId): number => CHARTS.indexOf(id);

function simulated(steps: number, servers = 3) {
  const ensemble = new SimulatedEnsemble(servers);
  const rows = new Rows();
  for (let i = 0; i < steps; i++) rows.add(ensemble.step());
  return { ensemble, rows };
}

describe('rows of a dashboard', () => {
  test('the first sample has gauges and no rates', () => {
    const { rows } = simulated(1);
    const [row] = rows.all as [Row];
    expect(valueAt(row, at('connections'), 0)).toBe(118);
    expect(valueAt(row, at('writes'), 0)).toBeNaN();
    expect(valueAt(row, at('writes'), -1)).toBeNaN();
  });

  test('rates and means are of the interval, the total is by the zxid', () => {
    const { rows, ensemble } = simulated(3);
    const row = last(rows);
    const [before, after] = ensemble.readings.slice(-2).map(({ sample }) => sample);
    const totals = [before, after].map((sample) => {
      const member = sample?.members[1];
      return member?.kind === 'answered' ? member.sample.totals.writes : undefined;
    });
    const [was, is] = totals;
    const count = (is?.count ?? 0) - (was?.count ?? 0);
    expect(valueAt(row, at('writes'), 1)).toBeCloseTo(count / 5, 9);
    expect(valueAt(row, at('writeTime'), 1)).toBeCloseTo(
      ((is?.sum ?? 0) - (was?.sum ?? 0)) / count / 1000,
      9,
    );
    const sum = [0, 1, 2].reduce((all, server) => all + valueAt(row, at('writes'), server), 0);
    expect(valueAt(row, at('writes'), -1)).toBeCloseTo(sum, 6);
  });

  test('the total of reads is of the servers that answer, and marked while one does not', () => {
    const { rows, ensemble } = simulated(3);
    expect(last(rows).isPartial).toBe(false);
    rows.add(ensemble.step({ lost: [1] }));
    const [all, first, third] = [-1, 0, 2].map((server) =>
      valueAt(last(rows), at('reads'), server),
    ) as [number, number, number];
    expect(all).toBeCloseTo(first + third, 9);
    expect(last(rows).isPartial).toBe(true);
    expect(valueAt(last(rows), at('writes'), -1)).toBeGreaterThan(0);
    expect(unpacked(packed(rows.all)).map(({ isPartial }) => isPartial)).toEqual([
      ...[true, false, false, true], // the first sample has no rates yet
    ]);
  });

  test('keep an hour and no more, however long it runs', () => {
    const { rows } = simulated(800, 5);
    expect(rows.all.length).toBe(3_600_000 / INTERVAL_MS + 1);
    const quick = new Rows();
    for (let i = 0; i < 2000; i++)
      quick.add({ sample: ensembleAt(i * 100 + 1), window: undefined });
    expect(quick.all.length).toBe(MOST_ROWS);
  });

  test('a reading that is not newer changes nothing', () => {
    const { rows, ensemble } = simulated(2);
    const [first] = ensemble.readings;
    expect(first && rows.add(first)).toBeUndefined();
    expect(rows.all).toHaveLength(2);
  });

  test('come through the door in one buffer, as they were', () => {
    const { rows } = simulated(5);
    rows.add({
      sample: ensembleAt(START + 1e6, answered('late:2181', 'follower')),
      window: undefined,
    });
    const back = unpacked(packed(rows.all));
    expect(back.map((row) => row.at)).toEqual(rows.all.map((row) => row.at));
    back.forEach((row, i) => {
      for (let server = -1; server < 4; server++) {
        for (let chart = 0; chart < CHARTS.length; chart++) {
          expect(valueAt(row, chart, server)).toEqual(valueAt(rowAt(rows, i), chart, server));
        }
      }
    });
    expect(unpacked(packed([]))).toEqual([]);
  });
});

describe('what happened', () => {
  const happened = (...events: Parameters<SimulatedEnsemble['step']>[0][]) => {
    const ensemble = new SimulatedEnsemble(3);
    ensemble.step();
    return events.flatMap((event) => {
      const before = ensemble.readings.at(-1);
      const found = markersBetween(before, ensemble.step(event));
      return found.map((marker) => ({ ...marker, at: 0 }));
    });
  };
  const zk = (i: number): string => `zk${i}.example.com:2181`;

  test('nothing is nothing', () => {
    expect(happened({}, {})).toEqual([]);
  });

  test('another leader, a server that goes and comes back, counters set back', () => {
    expect(happened({ leader: 1 })).toEqual([{ at: 0, kind: 'leader', from: zk(1), to: zk(2) }]);
    expect(happened({ lost: [2] }, {})).toEqual([
      { at: 0, kind: 'lost', server: zk(3) },
      { at: 0, kind: 'back', server: zk(3) },
    ]);
    expect(happened({ reset: 1 })).toEqual([{ at: 0, kind: 'reset', server: zk(2) }]);
  });

  test('a server that runs without a quorum is not one that is gone', () => {
    expect(happened({ idle: [0], lost: [1, 2] }, { idle: [0, 1], lost: [2] }, {})).toEqual([
      { at: 0, kind: 'quorumLost' },
      { at: 0, kind: 'notServing', server: zk(1) },
      { at: 0, kind: 'lost', server: zk(2) },
      { at: 0, kind: 'lost', server: zk(3) },
      { at: 0, kind: 'notServing', server: zk(2) },
      { at: 0, kind: 'quorumBack' },
      { at: 0, kind: 'leader', from: undefined, to: zk(1) },
      { at: 0, kind: 'serves', server: zk(1) },
      { at: 0, kind: 'serves', server: zk(2) },
      { at: 0, kind: 'back', server: zk(3) },
    ]);
  });

  test('a server alone has no quorum to lose', () => {
    const alone = (at: number) => ({
      sample: ensembleAt(at, answered('s1', 'standalone')),
      window: undefined,
    });
    const gone = { sample: ensembleAt(2, unreachable('s1')), window: undefined };
    expect(markersBetween(alone(1), gone).map(({ kind }) => kind)).toEqual(['lost']);
  });

  test('that the configuration is read is nothing that happened to the ensemble', () => {
    const one = { sample: ensembleAt(0, answered('s1', 'follower')), window: undefined };
    const members = [answered('s1', 'follower'), answered('s2', 'leader'), unreachable('s3')];
    const configured = { voters: 3, observers: 0 };
    const all = { sample: { ...ensembleAt(1, ...members), configured }, window: undefined };
    expect(markersBetween(one, all)).toEqual([]);
    expect(markersBetween(all, one)).toEqual([]);
  });

  test('servers that serve anew under a new leader were not started anew', () => {
    const sample = (at: number, leader: 'leader' | 'follower', uptime: number) =>
      ensembleAt(
        at,
        answered('s1', leader, { values: { uptime }, sample: { at } }),
        answered('s2', leader === 'leader' ? 'follower' : 'leader', {
          values: { uptime },
          sample: { at },
        }),
      );
    const kinds = (first: EnsembleSample, second: EnsembleSample): string[] => {
      const window = ensembleWindow(first, second);
      const before = { sample: first, window: undefined };
      return markersBetween(before, { sample: second, window }).map(({ kind }) => kind);
    };
    const before = sample(1000, 'leader', 900);
    expect(kinds(before, sample(2000, 'follower', 100))).toEqual(['leader']);
    expect(kinds(before, sample(2000, 'leader', 100))).toEqual(['restarted', 'restarted']);
  });

  test('the first reading says nothing', () => {
    expect(markersBetween(undefined, new SimulatedEnsemble(3).step())).toEqual([]);
  });
});

describe('lines', () => {
  const known = (row: Row): boolean => !Number.isNaN(valueAt(row, at('writes'), 2));

  test('break where a server did not answer and where nobody looked', () => {
    const { rows, ensemble } = simulated(4);
    rows.add(ensemble.step({ lost: [2] }));
    for (let i = 0; i < 3; i++) rows.add(ensemble.step());
    rows.add(ensemble.step({}, 60_000));
    rows.add(ensemble.step());
    // 0: no rate yet; 4: lost; 5: the window needs both ends; 8: after the pause.
    expect(runsOf(rows.all, 0, known, INTERVAL_MS)).toEqual([
      [1, 3],
      [6, 7],
      [9, 9],
    ]);
    // Gauges are known at once, and break only over the pause.
    const isKnown = (row: Row): boolean => !Number.isNaN(valueAt(row, at('znodes'), 0));
    expect(runsOf(rows.all, 0, isKnown, INTERVAL_MS)).toEqual([
      [0, 7],
      [8, 9],
    ]);
  });

  test('the time axis is the span, the data if it is shorter, two minutes at least', () => {
    const { rows } = simulated(600);
    const last = rows.last?.at ?? 0;
    expect(timesOf(rows.all, 5)).toEqual([last - 300_000, last]);
    expect(timesOf(rows.all, 60)).toEqual([rows.all[0]?.at, last]);
    expect(timesOf(rows.all.slice(0, 2), 15)[1] - timesOf(rows.all.slice(0, 2), 15)[0]).toBe(
      120_000,
    );
  });

  test('rows are found by time', () => {
    const { rows } = simulated(100);
    const time = rows.all[42]?.at ?? 0;
    expect(firstAfter(rows.all, time)).toBe(42);
    expect(nearestRow(rows.all, time + 2_000)).toBe(42);
    expect(nearestRow(rows.all, time + 3_000)).toBe(43);
    expect([nearestRow(rows.all, 0), nearestRow(rows.all, Infinity)]).toEqual([0, 99]);
    expect(nearestRow([], 5)).toBe(-1);
  });

  test('a chart may have nothing to draw', () => {
    const { rows } = simulated(1);
    const shown = (id: ChartId) => hasValues(rows.all, 0, { chart: at(id), servers: [-1, 0, 1] });
    expect([shown('writes'), shown('znodes')]).toEqual([false, true]);
  });

  test('the y axis holds all values, and a band that is near them', () => {
    const { rows } = simulated(50);
    const chart = { chart: at('connections'), servers: [0, 1, 2] };
    const band = (high: number) => ({ chart: 'connections' as const, low: 0, high });
    expect(topOf(rows.all, 0, chart, undefined)).toBeCloseTo(1.1 * 118);
    expect(topOf(rows.all, 0, chart, band(200))).toBeCloseTo(1.1 * 200);
    expect(topOf(rows.all, 0, chart, band(100_000))).toBeCloseTo(1.1 * 118);
    expect(topOf([], 0, chart, undefined)).toBe(1);
  });
});

test('a line is thinned to what can be seen, and keeps its ends and extremes', () => {
  const points = Array.from({ length: 1000 }, (_, i) => (i === 617 ? 90 : Math.sin(i) + 10));
  const drawn: [number, number][] = [];
  const line = { xOf: (i: number) => i / 4, yOf: (i: number) => points[i] ?? NaN };
  thinned([0, 999], line, 3, (x, y) => drawn.push([x, y]));
  expect(drawn.length).toBeLessThan(2 * (250 / 3) + 4);
  expect(drawn[0]).toEqual([0, points[0]]);
  expect(drawn.at(-1)).toEqual([999 / 4, points[999]]);
  const ys = drawn.map(([, y]) => y);
  expect([Math.min(...ys), Math.max(...ys)]).toEqual([Math.min(...points), 90]);
  const xs = drawn.map(([x]) => x);
  expect(xs).toEqual([...xs].sort((a, b) => a - b));
});

test('CSV has a line for each moment and server, empty where nothing is known', () => {
  const { rows, ensemble } = simulated(2);
  rows.add(ensemble.step({ lost: [0] }));
  const events = [{ at: last(rows).at, text: 'zk1 does not answer' }];
  const lines = csvOf(rows, events).trimEnd().split('\r\n');
  expect(lines[0]).toMatch(/^time,server,role,events,writes \(1\/s\),.*,batch,.*,dataBytes \(B\),/);
  // No rate of the whole ensemble in the first row; a server that is gone says so in the last one.
  expect(lines).toHaveLength(1 + 3 + 4 + 4);
  const width = CHARTS.length + 4;
  for (const line of lines) expect(line.split(',')).toHaveLength(width);
  expect(lines[1]).toMatch(/^2026-11-25T12:00:05\.000Z,zk1\.example\.com:2181,leader,,,,/);
  expect(lines[8]).toMatch(/Z,all,reads incomplete,zk1 does not answer,\d/);
  expect(lines[9]).toMatch(/Z,zk1\.example\.com:2181,unreachable,,+$/);
});

test('CSV takes names for text, whatever a spreadsheet would make of them', () => {
  const rows = new Rows();
  const sample = ensembleAt(START, answered('=HYPERLINK("http://x")', 'leader'));
  rows.add({ sample, window: undefined });
  const text = csvOf(rows, []);
  expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
});

test('values are short under a chart, and in full in the table', () => {
  expect([shortText(36_188, '1'), fullText(36_188, '1')]).toEqual(['36,200', '36,188']);
  expect([shortText(7_300_123, 'B'), fullText(7_300_123, 'B')]).toEqual([
    ...['6.96 MiB', '7,300,123 B'],
  ]);
  expect([shortText(0, 's'), fullText(0.0021, 's'), fullText(1.25, '1')]).toEqual([
    ...['< 1 ms', '2.1 ms', '1.25'],
  ]);
});

describe('ticks of an axis', () => {
  const texts = (top: number, unit: Unit): string[] => ticksOf(top, unit).map(({ text }) => text);

  test.each<[number, Unit, string[]]>([
    [0.018, 's', ['0', '5 ms', '10 ms', '15 ms']],
    [1.1, 's', ['0', '0.5 s', '1 s']],
    [7.9 * 2 ** 20, 'B', ['0', '2 MiB', '4 MiB', '6 MiB']],
    [1.2 * 2 ** 20, 'B', ['0', '0.5 MiB', '1 MiB']],
    [900, 'B', ['0', '200 B', '400 B', '600 B', '800 B']],
    [11_000, '1/s', ['0', '5000/s', '10,000/s']],
  ])('are round in one unit: up to %d %s', (top, unit, expected) => {
    expect(texts(top, unit)).toEqual(expected);
  });
});
