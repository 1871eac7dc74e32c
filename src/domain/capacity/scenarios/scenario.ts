import type { Problem } from '../../placement/types';
import type { PlanInput } from '../plan/inputFields';
import { cacheDemand } from './cache';
import { databaseDemand } from './database';
import type { Demand } from './demand';
import { metadataDemand } from './metadata';
import { queueDemand } from './queue';

/** What a scenario asks for, with `loadFactor` times its rates. */
export function demandOf(
  { scenario, ensemble, coordination }: PlanInput,
  loadFactor: number,
): Demand | undefined | Problem[] {
  switch (scenario?.kind) {
    case undefined:
      return undefined;
    case 'cache':
      return cacheDemand(scenario, loadFactor);
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
