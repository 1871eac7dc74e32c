import { compact, type SampleNode } from './node';

export const TIMELINE = '/serversets/prod/timeline';

/** A member of a Twitter serverset (Finagle's `serverset2` `Entry`). */
export function serversetMember(host: string, shard: number): string {
  return compact({
    serviceEndpoint: { host, port: 31_822 },
    additionalEndpoints: {
      aurora: { host, port: 31_822 },
      health: { host, port: 31_823 },
    },
    status: 'ALIVE',
    shard,
  });
}

/** The set's weights; its members are ephemeral. */
export function serverset(): SampleNode[] {
  const vector = [{ select: 'shard=2', weight: 0.5, priority: 1 }];
  return [{ path: `${TIMELINE}/vector_0000000000`, data: compact({ vector }) }];
}
