/** Every value of the data files that concerns a queueing model. */
import { afterAll, describe, expect, it } from 'vitest';
import { erlangB, erlangC } from '../../../src/domain/capacity/queueing/erlang';
import { constantService } from '../../../src/domain/capacity/queueing/constantService';
import { finiteRoom } from '../../../src/domain/capacity/queueing/finiteRoom';
import { jackson } from '../../../src/domain/capacity/queueing/jackson';
import { multiClassClosed } from '../../../src/domain/capacity/queueing/multiClass';
import { multiServer } from '../../../src/domain/capacity/queueing/multiServer';
import { exactClosed, schweitzerClosed } from '../../../src/domain/capacity/queueing/mva';
import { singleServer } from '../../../src/domain/capacity/queueing/singleServer';
import { supermarketResponse } from '../../../src/domain/capacity/queueing/supermarket';
import golden from '../../fixtures/capacity-golden.json';
import oracle from '../../fixtures/capacity-oracle.json';
import { compared, expectClose, QUANTILE, solved } from './queueingSupport';

afterAll(() => console.log(`  ${compared.values} values of the data files compared`));

const expectAll = (actual: readonly number[], expected: readonly number[]): void => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => expectClose(actual[i] ?? NaN, value));
};

describe('values of the data files', () => {
  it.each(oracle.mm1)('M/M/1 λ=$lambda μ=$mu', ({ lambda, mu, U, R, Q, X, p0 }) => {
    const one = solved(multiServer({ lambda, mu, servers: 1 }));
    expectAll(
      [one.utilisation, one.response, one.population, one.throughput, one.emptyProbability],
      [U, R, Q, X, p0],
    );
  });

  it.each(oracle.mmc)('M/M/c λ=$lambda μ=$mu c=$c', (row) => {
    const { lambda, mu, c } = row;
    const queue = solved(multiServer({ lambda, mu, servers: c }));
    expectAll(
      [queue.utilisation, queue.response, queue.population, queue.throughput],
      [row.U, row.R, row.Q, row.X],
    );
    expectClose(queue.waitProbability, row.erlangC);
    // Octave's factorials overflow at c = 1000 and make p0 zero; the true value is e^-900.
    expectClose(queue.emptyProbability, row.p0);
  });

  it.each(golden.mmc_quantiles)('M/M/c quantiles λ=$lam μ=$mu c=$c', (row) => {
    const queue = solved(multiServer({ lambda: row.lam, mu: row.mu, servers: row.c }));
    for (const p of ['0.5', '0.9', '0.95', '0.99', '0.999'] as const) {
      expectClose(queue.responseQuantile(Number(p)), row[`p${p}`], QUANTILE);
    }
  });

  it.each([...golden.erlang, ...oracle.erlang])('Erlang A=$A c=$c', ({ A, c, B, ...row }) => {
    expectClose(erlangB(c, A), B);
    if (row.C !== undefined) expectClose(erlangC(c, A), row.C);
  });

  it.each(oracle.mmck)('M/M/c/K λ=$lambda μ=$mu c=$c K=$K', (row) => {
    const { lambda, mu, c, K } = row;
    const queue = solved(finiteRoom({ lambda, mu, servers: c, room: K }));
    expectAll(
      [queue.utilisation, queue.response, queue.population, queue.throughput],
      [row.U, row.R, row.Q, row.X],
    );
    expectClose(queue.lossProbability, row.pK);
    // 5.54934713199556e-9 in exact fractions: Octave's own p0 is off by 6e-9 at λ = 20.
    expectClose(queue.emptyProbability, row.p0, 1e-8);
  });

  it.each(oracle.mg1)('M/G/1 λ=$lambda E[S]=$ES E[S²]=$ES2', ({ lambda, ES, ES2, ...row }) => {
    const serviceScv = Math.max(0, ES2 / ES ** 2 - 1);
    const queue = solved(singleServer({ lambda, service: ES, serviceScv }));
    expectAll(
      [queue.utilisation, queue.response, queue.population, queue.throughput],
      [row.U, row.R, row.Q, row.X],
    );
  });

  it.each(golden.pk)('Pollaczek–Khinchine Cs²=$cs2', ({ lam, ES, cs2, Wq }) => {
    const queue = solved(singleServer({ lambda: lam, service: ES, serviceScv: cs2 }));
    expectClose(queue.wait, Wq);
  });

  it.each(golden.md1_wait_cdf)('M/D/1 P(wait ≤ $t) λ=$lam', ({ lam, D, t, P }) => {
    expectClose(1 - solved(constantService({ lambda: lam, service: D })).waitTail(t), P);
  });

  it.each(oracle.mva_lazowska)('exact MVA N=$N Z=$Z', ({ N, Z, S, V, ...row }) => {
    const resources = S.map((s, k) => ({ demand: s * (V[k] ?? NaN) }));
    const all = solved(exactClosed({ customers: N, think: Z, resources }));
    expectAll([all.throughput, all.response], [row.X, row.R]);
    expectAll(all.queues, row.Q);
    expectAll(all.utilisations, row.U);
  });

  it.each(oracle.mva_multiserver)('multi-server closed network N=$N', ({ N, Z, S, m, ...row }) => {
    const resources = S.map((demand, k) => ({ demand, servers: m[k] ?? NaN }));
    const all = solved(exactClosed({ customers: N, think: Z, resources }));
    expectAll([all.throughput, all.response], [row.X, row.R]);
    expectAll(all.queues, row.Q);
    expectAll(all.utilisations, row.U);
  });

  it.each(oracle.schweitzer_lazowska)('Schweitzer N=$N', ({ N, Z, X, R, Q }) => {
    const demands = [0.605, 2.1, 1.35];
    const resources = demands.map((demand) => ({ demand }));
    const all = solved(schweitzerClosed({ customers: N, think: Z, resources }));
    // Octave stops iterating at 1e-5.
    for (const [actual, expected] of [
      [all.throughput, X],
      [all.response, R],
      ...Q.map((q, k) => [all.queues[k] ?? NaN, q] as const),
    ] as const) {
      expectClose(actual, expected, 1e-5);
    }
  });

  it('multi-class MVA, two classes', () => {
    const { D, Xclass, Q } = oracle.mva_2class_lazowska_p142;
    const all = solved(multiClassClosed(D.map((demands) => ({ customers: 1, think: 0, demands }))));
    expectAll(all.throughputs, Xclass);
    expectAll(all.queues.flat(), Q.flat());
  });

  it('open Jackson networks', () => {
    const { P, lambda0, S, V, U, R, Q, X } = oracle.jackson;
    const net = solved(
      jackson({
        stations: S.map((s, k) => ({ arrivals: k === 0 ? lambda0 : 0, mu: 1 / s, servers: 1 })),
        routing: P,
      }),
    );
    expectAll(net.visits, V);
    expectStations(net.stations, { U, R, Q, X });
    const { lambda, S: services, m, ...tandem } = oracle.jackson_tandem;
    const row = solved(
      jackson({
        stations: services.map((s, k) => ({
          arrivals: k === 0 ? lambda : 0,
          mu: 1 / s,
          servers: m[k] ?? NaN,
        })),
        routing: services.map((_, i) => services.map((__, j) => (j === i + 1 ? 1 : 0))),
      }),
    );
    expectStations(row.stations, { ...tandem, X: services.map(() => lambda) });
  });

  it.each(golden.supermarket)('supermarket ρ=$rho d=$d', ({ rho, d, T }) => {
    expectClose(solved(supermarketResponse({ rho, mu: 1, choices: d })), T);
  });
});

function expectStations(
  stations: readonly {
    utilisation: number;
    response: number;
    population: number;
    throughput: number;
  }[],
  { U, R, Q, X }: Record<'U' | 'R' | 'Q' | 'X', readonly number[]>,
): void {
  expectAll(
    stations.map((s) => s.utilisation),
    U,
  );
  expectAll(
    stations.map((s) => s.response),
    R,
  );
  expectAll(
    stations.map((s) => s.population),
    Q,
  );
  expectAll(
    stations.map((s) => s.throughput),
    X,
  );
}
