import { backlogDrain } from '../queueing/drain';
import { MAX_SERVERS } from '../queueing/checks';
import { poissonManyServers } from '../queueing/manyServers';
import type { Problem } from '../../placement/types';
import type { InputOf } from '../plan/inputFields';
import { about, bytes, ms, type Report, short } from '../plan/report';
import { isProblems, problem } from '../result';
import { fewest } from '../pool/fewest';
import { copiesText, type Demand, EVENLY, replicas, storage } from './demand';
import { NO_LOAD, type ZooKeeperLoad } from './load';

/** A partitioned, replicated message queue with groups of consumers. */
export function queueDemand(input: InputOf<'queue'>, loadFactor: number): Demand {
  const { replicationFactor, consumerGroups, messageBytes, retentionHours } = input;
  const mean = input.messagesPerSecond * loadFactor;
  const burst = mean * input.burstFactor;
  const disk = mean * messageBytes * replicationFactor * retentionHours * 3600;
  return {
    lambda: () => burst * (replicationFactor + consumerGroups),
    because:
      `${short(burst)} messages/s in a burst, written to ${copiesText(replicationFactor)} and read by ` +
      (consumerGroups === 1 ? '1 group' : `${consumerGroups} groups`),
    hotShare: 0,
    constraints: (type) => [
      storage('disk', disk, type.diskBytes * input.diskShare, EVENLY),
      replicas(replicationFactor),
    ],
    explain: (report) => {
      report.add('queue.disk', disk, 'B', {
        model: 'queue',
        because: `${short(mean)} messages/s of ${bytes(messageBytes)}, ${copiesText(replicationFactor)}, kept ${short(retentionHours)} h`,
      });
      return consumers(input, burst, report);
    },
    zooKeeper: (servers) => queueLoad(input, servers),
  };
}

/** The smallest group that keeps up, answers in time and catches up after an outage. */
function consumers(input: InputOf<'queue'>, lambda: number, report: Report): Problem[] {
  const { partitions, processingMs, processingVariation: serviceScv, outageSeconds } = input;
  const mu = 1000 / processingMs;
  const state = (servers: number) => {
    if (lambda > servers * mu * input.consumerUtilisationGoal) return undefined;
    const station = poissonManyServers({ lambda, mu, servers, serviceScv });
    const drain = backlogDrain({ lambda, mu, servers, outage: outageSeconds });
    if (isProblems(station) || isProblems(drain)) return undefined;
    return { station, drain, lag: station.waitQuantile(0.99) };
  };
  const fits = (count: number): boolean => {
    const found = state(count);
    return (
      found !== undefined &&
      found.lag <= input.lagGoalMs / 1000 &&
      found.drain.time <= input.drainGoalSeconds
    );
  };
  const needed = fewest(fits, MAX_SERVERS);
  const found = needed === Infinity ? undefined : state(needed);
  if (found === undefined || needed > partitions) {
    const message =
      `A group needs ${needed === Infinity ? 'more than a million' : needed} consumers, but at most one per partition works, and there are ` +
      `${partitions}. Use more partitions, process faster, or allow more lag.`;
    return [problem('partitions', 'scenario.partitions', message)];
  }
  report
    .add('queue.consumersPerGroup', needed, '1', {
      model: 'mgc',
      because: `${short(lambda)} messages/s of ${short(processingMs)} ms keep ${short(lambda / mu)} consumers busy; goals for utilisation, lag and drain ask for the rest; ${partitions} partitions allow as many`,
    })
    .add('queue.lag.p99', found.lag, 's', {
      model: 'mgc',
      accuracy: about(20),
      because: 'the wait before a consumer takes a message',
    })
    .add('queue.meanLag', found.station.queue, '1', {
      model: 'mgc',
      accuracy: about(serviceScv > 1 ? 30 : 5),
      because: `messages that wait on average, ${ms(found.station.wait)} each`,
    })
    .add('queue.drainTime', found.drain.time, 's', {
      model: 'drain',
      because: `${short(found.drain.backlog)} messages wait after ${short(outageSeconds)} s without consumers`,
    });
  return [];
}

const SESSION_NAME = 12;

/** Znodes of topics and partitions, offsets where they lie in ZooKeeper, leaders after a loss. */
function queueLoad(input: InputOf<'queue'>, servers: number): ZooKeeperLoad {
  const { partitions, topics, consumerGroups, offsetCommitSeconds } = input;
  const group = (count: number, pathBytes: number, dataBytes: number, hasChildren = false) => ({
    count,
    pathBytes,
    nameBytes: SESSION_NAME,
    dataBytes,
    hasChildren,
  });
  const offsets = input.offsetsInZooKeeper ? consumerGroups * partitions : 0;
  return {
    ...NO_LOAD,
    znodes: [
      group(topics, 30, 20 * (partitions / topics), true),
      group(partitions, 50, 0, true),
      group(partitions, 60, 80),
      ...(offsets > 0 ? [group(offsets, 60, 8)] : []),
    ],
    watchedPaths: topics,
    watches: topics * servers,
    writes: offsets / offsetCommitSeconds,
    reads: 0,
    pathBytes: 60,
    dataBytes: 8,
    mostChildren: Math.max(topics, Math.ceil(partitions / topics)),
    childNameBytes: SESSION_NAME,
  };
}
