import type { Model } from '../queueing/models/model';
import { AVAILABILITY } from './models/availability';
import { PERFORMANCE } from './models/performance';
import { SIZING } from './models/sizing';

/** All models of a ZooKeeper ensemble by name, for `zkw model NAME key=value…` and for pickers. */
export const ENSEMBLE_MODELS: ReadonlyMap<string, Model> = new Map(
  [...PERFORMANCE, ...AVAILABILITY, ...SIZING].map((model) => [model.name, model]),
);
