import type { ZooKeeperLoad } from '../scenarios/load';
import { hasPathForEachWatch } from './evaluate';
import type { PlanInput } from './inputFields';
import { type Report, short } from './report';

/** The load on ZooKeeper, from the scenario and from what else there is. */
export function reportLoad({ otherLoad }: PlanInput, load: ZooKeeperLoad, report: Report): void {
  const model = 'zookeeper-load';
  const line = (name: string, value: number, unit: '1' | '1/s' | 'B', because: string): void => {
    report.add(`zooKeeper.${name}`, value, unit, { model, because });
  };
  line('sessions', load.sessions, '1', 'one of each member and client, and others given');
  const paths = `on ${short(load.watchedPaths)} ${load.watchedPaths === 1 ? 'path' : 'paths'}`;
  line(
    'watches',
    load.watches,
    '1',
    hasPathForEachWatch(otherLoad)
      ? `${paths}: watchedPaths is 0, so each of the ${short(otherLoad.watches)} other watches counts as one of a path of its own, which takes the most heap`
      : paths,
  );
  line(
    'reads',
    load.reads,
    '1/s',
    'clients that read a changed list again, operations and others given',
  );
  line(
    'writes',
    load.writes,
    '1/s',
    'restarts of members (3 each), leases, locks, offsets and others given',
  );
  line(
    'mostChildren',
    load.mostChildren,
    '1',
    `of one parent, with names of ${short(load.childNameBytes)} bytes`,
  );
  line(
    'storm.reads',
    load.stormReads,
    '1',
    'clients that one change of the member list wakes, each reads it again',
  );
  line('storm.bytes', load.stormBytes, 'B', 'their events and replies');
}
