import { xxHash64 } from '../hashes/xxHash64';
import { buildPoints, type Member } from '../layout/points';
import { RingLayout } from '../layout/ring';
import { encodeUtf8 } from '../../textCoding';
import type { Problem } from '../types';

/** Limits of the ring, and of the servers that all partitions may have to ask in turn. */
const MAX_POINTS = 2_000_000;
const MAX_WORK = 20_000_000;

/**
 * The owner of each partition: partitions go in order to the point at or after the hash of their
 * number, and on to the next server that holds less than ceil(partitions / servers × factor).
 */
export function boundedCells(
  members: readonly Member[],
  partitions: number,
  replicas: number,
  factor: number,
): Int32Array | Problem[] {
  if (members.length * replicas > MAX_POINTS || members.length * partitions > MAX_WORK) {
    return [
      {
        code: 'points.tooMany',
        message: 'Too many points and partitions: lower "replicas" or "partitions".',
        where: 'options.replicas',
      },
    ];
  }
  const ring = new RingLayout(
    buildPoints(
      {
        bits: 64,
        search: 'ge',
        tie: 'last',
        counts: () => [],
        identity: ({ server }) => server.address,
        label: ({ server }, index) => `${index}:${server.address}`,
        write: ({ server }, count, sink) => {
          const out = new Uint32Array(2);
          for (let i = 0; i < count; i++) {
            const name = encodeUtf8(`${i}:${server.name ?? server.address}`);
            xxHash64(name, name.length, 0, out);
            sink.hi[sink.at] = out[0] ?? 0;
            if (sink.lo) sink.lo[sink.at] = out[1] ?? 0;
            sink.at++;
          }
        },
      },
      members,
      members.map(() => replicas),
    ),
    'ge',
  );
  const most = Math.ceil((partitions / members.length) * factor);
  const loads = new Map<number, number>();
  const number = new Uint8Array(8);
  const view = new DataView(number.buffer);
  const out = new Uint32Array(2);
  return Int32Array.from({ length: partitions }, (_, partition) => {
    view.setUint32(0, partition, true);
    xxHash64(number, 8, 0, out);
    for (const owner of ring.walk(out[0] ?? 0, out[1] ?? 0)) {
      const load = loads.get(owner) ?? 0;
      if (load + 1 > most) continue;
      loads.set(owner, load + 1);
      return owner;
    }
    return -1;
  });
}
