import { type ChildInput, type Draft } from './member';

export const JOB_INSTANCE = /^[^@]{1,253}@-@[\w-]{1,64}$/;

/**
 * An instance of an ElasticJob job, `ip@-@pid` (`JobInstance`). Instances have no port; the whole id
 * is the address, because `sharding/<item>/instance` names owners by it and a host can run several.
 */
export function parseJobInstance({ name }: ChildInput): Draft | string {
  return JOB_INSTANCE.test(name) ? { address: name } : 'is no instance id such as 10.0.0.1@-@4711';
}
