import { afterAll, describe, expect, test } from 'vitest';
import { ATC10_CREATES, createsPerSecond } from '../../../src/domain/capacity/ensemble/closedLoop';
import { znodeHeap } from '../../../src/domain/capacity/ensemble/heap';
import { onDisk, poissonArrivals } from '../../../src/domain/capacity/ensemble/logSimulation';
import { network } from '../../../src/domain/capacity/ensemble/network';
import { HARDWARE } from '../../../src/domain/capacity/ensemble/presets';
import {
  mixedThroughput,
  readThroughput,
  type Shape,
  writeThroughput,
} from '../../../src/domain/capacity/ensemble/throughput';
import { seededRandom } from '../../../src/domain/capacity/simulation/random';
import measured from '../../fixtures/zookeeper-measurements.json';
import { quantileOf } from './ensembleSupport';

interface Row {
  readonly what: string;
  readonly published: number;
  readonly model: number;
}

const printed: string[] = [];
afterAll(() => console.log(printed.join('\n')));

/** Mean relative error in percent of a table, which is printed side by side. */
function meanError(title: string, rows: readonly Row[]): number {
  const errors = rows.map(({ published, model }) => (100 * (model - published)) / published);
  const mean = errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
  const worst = Math.max(...errors.map(Math.abs));
  printed.push(`${title}: mean error ${mean.toFixed(2)} %, largest ${worst.toFixed(1)} %`);
  rows.forEach(({ what, published, model }, i) => {
    const error = `${(errors[i] ?? 0).toFixed(1)} %`.padStart(8);
    printed.push(
      `  ${what.padEnd(34)}${published.toFixed(0).padStart(9)}${model.toFixed(0).padStart(9)}${error}`,
    );
  });
  return mean;
}

const largest = (rows: readonly Row[]): number =>
  Math.max(...rows.map(({ published, model }) => Math.abs(model / published - 1)));

const preset = HARDWARE.find(({ id }) => id === 'atc10');
if (!preset) throw new Error('no preset of 2010');
const { costs } = preset;
const shape = (voters: number): Shape => ({ voters, observers: 0, leaderServes: false });

describe('published measurements', () => {
  test('Table 1, writes and reads (USENIX ATC 2010)', () => {
    const { servers, writes100, reads100 } = measured.table1;
    const rows = (published: number[], model: (shape: Shape) => number): Row[] =>
      servers.map((voters, i) => ({
        what: `${voters} servers`,
        published: published[i] ?? NaN,
        model: model(shape(voters)),
      }));
    const writes = rows(writes100, (one) => writeThroughput(costs, one));
    const reads = rows(reads100, (one) => readThroughput(costs, one));
    expect(meanError('Table 1, writes/s', writes)).toBeLessThanOrEqual(2);
    expect(meanError('Table 1, reads/s', reads)).toBeLessThanOrEqual(6);
    expect(largest(writes)).toBeLessThanOrEqual(preset.band.writes);
    expect(largest(reads)).toBeLessThanOrEqual(preset.band.reads);
  });

  test('the graph of mixed loads in the documentation, from the costs of Table 1 alone', () => {
    const { source, x, ...curves } = measured.docs_rw_figure_digitised;
    expect([source, x].join()).toContain('percent reads');
    const rows = Object.entries(curves).flatMap(([voters, points]) =>
      Object.entries(points).map(([percent, published]) => ({
        what: `${voters} servers, ${percent} % reads`,
        published,
        model: mixedThroughput(costs, shape(Number(voters)), Number(percent) / 100),
      })),
    );
    expect(rows).toHaveLength(38);
    expect(meanError('Documentation, operations/s', rows)).toBeLessThanOrEqual(8.5);
    expect(largest(rows)).toBeLessThanOrEqual(preset.band.mixed);
  });

  test('Table 2, creates of waiting workers', () => {
    const { workers, ...servers } = measured.table2_create_per_s;
    const rows = Object.entries(servers).flatMap(([voters, creates]) =>
      workers.map((count, i) => ({
        what: `${voters} servers, ${count} workers`,
        published: creates[i] ?? NaN,
        model: createsPerSecond(ATC10_CREATES, count, Number(voters)),
      })),
    );
    expect(rows).toHaveLength(12);
    expect(meanError('Table 2, creates/s', rows)).toBeLessThanOrEqual(2.5);
  });

  test('heap of real trees (200,000 znodes, ZooKeeper 3.8.0, JDK 17)', () => {
    const leaf = { pathBytes: 12, nameBytes: 9, dataBytes: 100 };
    const parent = { pathBytes: 10, nameBytes: 7, dataBytes: 0, hasChildren: true };
    const rows: Row[] = [
      { what: 'no data', published: 337.6, model: znodeHeap({ ...leaf, dataBytes: 0 }) },
      { what: '100 bytes', published: 446.3, model: znodeHeap(leaf) },
      { what: '1000 bytes', published: 1350.9, model: znodeHeap({ ...leaf, dataBytes: 1000 }) },
      { what: 'path of 95', published: 523.6, model: znodeHeap({ ...leaf, pathBytes: 95 }) },
      {
        what: '100 to a parent',
        published: 451.3,
        model: znodeHeap(leaf) + znodeHeap({ ...parent, pathBytes: 5, nameBytes: 4 }) / 100,
      },
      {
        what: 'a parent for each',
        published: 878.5,
        model: znodeHeap(leaf) + znodeHeap({ ...parent, pathBytes: 12, nameBytes: 9 }),
      },
    ];
    meanError('Heap, bytes a znode', rows);
    for (const { published, model } of rows) {
      expect(Math.abs(model / published - 1)).toBeLessThanOrEqual(0.06);
    }
  });

  test('etcd dbtester: median at 1000 writes/s and bytes received for a write', () => {
    const [single, steady] = measured.dbtester.points;
    // One waiting client shows the latency without a queue; 1.2 ms of it is taken as the disk.
    const fsync = 1.2e-3;
    const rest = (single?.p50 ?? NaN) / 1000 - fsync;
    const random = seededRandom(7);
    const arrivals = poissonArrivals(200_000, 1000, random);
    const log = {
      append: 20e-6,
      maxBatch: 1000,
      fsync: () => fsync,
    };
    const done = onDisk(arrivals, log);
    const median =
      quantileOf(
        done.map((time, i) => time - (arrivals[i] ?? 0)),
        0.5,
      ) + rest;
    const error = meanError('dbtester, median in µs', [
      { what: '1000 writes/s', published: (steady?.p50 ?? NaN) * 1000, model: median * 1e6 },
    ]);
    expect(error).toBeLessThanOrEqual(10);
    const { receivedPerWrite } = network({
      ...shape(3),
      leaderServes: true,
      writeRate: 1,
      readRate: 0,
      pathBytes: 256,
      dataBytes: 1024,
    });
    const bytes = { what: 'three servers', published: 4600, model: receivedPerWrite };
    expect(meanError('dbtester, bytes received a write', [bytes])).toBeLessThanOrEqual(15);
  });
});
