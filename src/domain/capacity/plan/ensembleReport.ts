import { HEAP_SHARE, memoryFor } from '../ensemble/heap';
import { layoutNotes } from '../ensemble/layoutNotes';
import { servingServers } from '../ensemble/throughput';
import { EXACT } from '../result';
import type { ZooKeeperLoad } from '../scenarios/load';
import { type EnsembleShape, failureRates } from './ensembleShape';
import type { EnsembleSizing } from './ensembleSizing';
import type { EnsembleInput } from './inputFields';
import { about, bytes, ms, type Report, short } from './report';
import { wholeUp } from './rounding';

/** Size, speed and availability of the ensemble. */
export function reportShape(
  input: EnsembleInput,
  load: ZooKeeperLoad,
  found: EnsembleShape,
  report: Report,
): void {
  const { layout, shape, band, write, log, isMeasured, costs } = found;
  const throughput = about(isMeasured ? 10 : 100 * band.mixed);
  const zones = layout.layout.join(', ');
  report
    .add('ensemble.voters', layout.voters, '1', {
      model: 'layout',
      because: `the fewest that stay below ${short(input.outageGoalMinutesPerYear)} minutes a year; ${zones} by zone; ${layout.tolerated} may be down`,
    })
    .add('ensemble.votersInFullestZone', layout.layout[0] ?? 0, '1', {
      model: 'layout',
      because: layout.survivesAnyZone
        ? 'any one zone may be lost'
        : 'losing this zone loses the quorum',
    })
    .add('ensemble.observers', shape.observers, '1', {
      model: 'throughput',
      accuracy: throughput,
      because:
        shape.observers === 0
          ? 'voters serve all reads'
          : 'voters alone would be too busy with reads',
    })
    .add('ensemble.leaderServes', Number(shape.leaderServes), '1', {
      model: 'throughput',
      because: shape.leaderServes
        ? 'clients may use the leader'
        : 'more writes than reads: leave the leader to them (leaderServes=no)',
    })
    .add('ensemble.pings', found.pings, '1/s', {
      model: 'timeouts',
      because: `${short(load.sessions)} sessions ping every third of ${short(input.sessionTimeoutMs)} ms; servers count them as reads`,
    })
    .add('ensemble.capacity', found.capacity, '1/s', {
      model: 'throughput',
      accuracy: throughput,
      because: `weighted harmonic mean of reads (${short(costs.readsPerServer)}/s a server) and writes for this mix; ${isMeasured ? 'measured' : `${input.hardware} preset`}`,
    })
    .add('ensemble.utilisation', found.utilisation, '1', {
      model: 'throughput',
      accuracy: throughput,
      because: `${short(found.reads)} reads/s, pings included, and ${short(load.writes)} writes/s`,
    })
    .add('ensemble.logResponse', log.response, 's', {
      model: 'group-commit',
      because: `append and fsync of ${ms(found.fsync)}, ${short(log.batch)} transactions a flush`,
    })
    .add('ensemble.writeLatency', write.total, 's', {
      model: 'quorum',
      accuracy: about(isMeasured ? 10 : 30),
      because: `network ${ms(write.network)}, pipeline ${ms(write.pipeline)}, commit by a majority ${ms(write.commit)}`,
    })
    .add('ensemble.outage', layout.minutesAYear * 60, 's', {
      model: 'availability',
      because: 'time without a quorum, by failures of servers and zones',
    });
  if (load.stormReads > 0) {
    const seconds = load.stormReads / (costs.readsPerServer * servingServers(shape));
    report.add('ensemble.stormDuration', seconds, 's', {
      model: 'throughput',
      accuracy: throughput,
      because: `${short(load.stormReads)} clients read the list again, ${bytes(load.stormBytes)} in all`,
    });
  }
  for (const { code, message } of layoutNotes(layout.layout, failureRates(input))) {
    report.note(code, message);
  }
  report
    .atMost(
      'ensemble.outage',
      layout.minutesAYear * 60,
      's',
      input.outageGoalMinutesPerYear * 60,
      'Use better servers or more zones.',
    )
    .atMost(
      'ensemble.utilisation',
      found.utilisation,
      '1',
      input.utilisationGoal,
      'Add observers for reads.',
    )
    .atMost(
      'ensemble.writeLatency',
      write.total,
      's',
      input.writeGoalMs / 1000,
      'Use a faster log device or nearer servers.',
    );
}

/** Inputs behind what limits a server, where the plan can set it. */
const INPUTS: Readonly<Record<string, string>> = {
  maxClientCnxns: 'ensemble.maxClientCnxns',
  LimitNOFILE: 'ensemble.openFiles',
  globalOutstandingLimit: 'ensemble.globalOutstandingLimit',
};

/** Memory, disk, network, limits and timeouts. */
export function reportSizing(
  input: EnsembleInput,
  load: ZooKeeperLoad,
  size: EnsembleSizing,
  report: Report,
): void {
  const { heap, disk, network, timeouts: times, repair } = size;
  const add = (
    name: string,
    value: number,
    unit: '1' | 's' | 'h' | '1/s' | 'B' | 'B/s',
    model: string,
    because: string,
    accuracy = EXACT,
  ): void => {
    report.add(`ensemble.${name}`, value, unit, { model, because, accuracy });
  };
  add('znodes', size.znodes, '1', 'heap', 'of the scenario and others given');
  add('connections', size.connections, '1', 'limits', 'at one server while another is down');
  add(
    'heap',
    heap.maximum,
    'B',
    'heap',
    `${input.heapFactor} times (znodes ${bytes(heap.znodes)}, watches ${bytes(heap.watches)}, connections ${bytes(heap.connections)}, requests ${bytes(heap.requests)}), at least 512 MiB; watches in ${size.watchManager}`,
    about(6),
  );
  add('snapshot', size.snapshotBytes, 'B', 'disk', 'one file, uncompressed');
  add(
    'logPerDay',
    disk.logBytesPerDay,
    'B',
    'disk',
    `${short(load.writes)} records/s of ${bytes(size.recordBytes)}, preallocated`,
  );
  add(
    'disk',
    disk.neededBytes,
    'B',
    'disk',
    `${input.snapshotsKept} snapshots and logs kept and what ${input.purgeIntervalHours} h add, with a third of reserve`,
  );
  add(
    'leaderOut',
    network.leaderOut,
    'B/s',
    'network',
    'proposals to followers and observers, and its own readers',
  );
  add(
    'tickTime',
    times.tickTime / 1000,
    's',
    'timeouts',
    'half of the shortest session, 2 s at most',
  );
  add(
    'initLimit',
    times.initLimit,
    '1',
    'timeouts',
    `ticks; a follower needs ${ms(times.followerStartMs / 1000)} to load and write its snapshot`,
  );
  add(
    'syncLimit',
    times.syncLimit,
    '1',
    'timeouts',
    'ticks of silence before a follower is dropped',
  );
  add(
    'neededSession',
    times.neededSessionMs / 1000,
    's',
    'timeouts',
    'three times the longest silence',
  );
  add(
    'commitLogCount',
    times.commitLogCount,
    '1',
    'timeouts',
    `writes of the ${short(input.restartSeconds)} s that a restarted server is away`,
  );
  add('electionsPerYear', size.elections.perYear, '1', 'elections', 'losses of the leader');
  add(
    'electionOutage',
    size.elections.secondsAYear,
    's',
    'elections',
    `time without writes; a silent loss takes ${ms(size.elections.silentDetectionMs / 1000)} to notice`,
  );
  add(
    'meanTimeToQuorumLoss',
    repair.meanTimeToLoss,
    'h',
    'repair',
    'servers that fail and are repaired on their own',
  );
  add(
    'slowQuorum',
    size.slowQuorum,
    '1',
    'snapshots',
    input.dedicatedLogDevice
      ? 'snapshots leave the log device alone'
      : 'share of the time in which snapshots slow every quorum',
  );
  report
    .atMost(
      'ensemble.heap',
      heap.maximum,
      'B',
      input.memoryBytes * HEAP_SHARE,
      `Give servers at least ${bytes(memoryFor(heap.maximum))} of memory: three quarters for the heap, the rest for the page cache.`,
    )
    .atMost(
      'ensemble.leaderOut',
      network.leaderOut,
      'B/s',
      0.7 * input.networkBytesPerSecond,
      'Use a faster network or fewer learners.',
    )
    .atMost(
      'ensemble.slowQuorum',
      size.slowQuorum,
      '1',
      0.01,
      'Give the log a device of its own, or raise snapCount.',
    );
  for (const { id, used, limit, unit, advice, limitedBy, enough } of size.limits) {
    if (limit === Infinity) continue;
    const input = INPUTS[limitedBy];
    const remedy =
      input === undefined || enough === undefined ? undefined : { input, value: wholeUp(enough) };
    report.atMost(`limit.${id}`, used, unit, limit, advice, remedy);
  }
  report.note(
    'tail',
    `Pauses of up to ${short(input.gcPauseMs)} ms and snapshots stretch the tail of writes beyond these means.`,
  );
}
