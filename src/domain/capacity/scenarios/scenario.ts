import type { Problem } from '../../placement/types';
import type { PlanInput } from '../plan/inputFields';
import { cacheDemand } from './cache';
import { databaseDemand } from './database';
import type { Demand } from './demand';
import { metadataDemand } from './metadata';
import { queueDemand } from './queue';

/** What a scenario asks for, with `loadFactor` times its rates; `before` saves computing again. */
export function demandOf(
  { scenario, ensemble, coordination }: PlanInput,
  loadFactor: number,
  before?: Demand,
): Demand | undefined | Problem[] {
  switch (scenario?.kind) {
    case undefined:
      return undefined;
    case 'cache':
      return cacheDemand(scenario, loadFactor, before?.itemsHeld);
    case 'metadata':
      return metadataDemand(scenario, ensemble, coordination.clients, loadFactor);
    case 'queue':
      return queueDemand(scenario, loadFactor);
    case 'database': {
      const { serverMtbfHours: up, serverMttrHours: down } = ensemble;
      return databaseDemand(scenario, loadFactor, down / (up + down));
    }
  }
}
