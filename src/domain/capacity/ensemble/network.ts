import { servingServers, type Shape } from './throughput';

export interface NetworkLoad extends Shape {
  readonly writeRate: number;
  readonly readRate: number;
  /** Mean bytes of a path and of the data of a write and of a read. */
  readonly pathBytes: number;
  readonly dataBytes: number;
}

/** Bytes per second of application data; TCP/IP adds 4–5 %. */
export interface Network {
  readonly leaderOut: number;
  readonly followerIn: number;
  readonly readsPerServerOut: number;
  readonly clientsIn: number;
  /** Received by all servers together for one write. */
  readonly receivedPerWrite: number;
}

const PROPOSAL = 124;
const COMMIT = 24;
const ACK = 24;
const REQUEST = 60;
const READ_REPLY = 88;

/**
 * Traffic of an ensemble: the leader sends each proposal and commit to every other voter and an
 * INFORM to every observer; a server answers its own readers; writes that reach another server are
 * forwarded to the leader once more.
 */
export function network(load: NetworkLoad): Network {
  const { voters, observers, writeRate, pathBytes, dataBytes } = load;
  const serving = servingServers(load);
  const followers = voters - 1;
  const proposal = PROPOSAL + pathBytes + dataBytes;
  const request = REQUEST + pathBytes + dataBytes;
  const viaLearner = voters === 1 ? 0 : 1 - Number(load.leaderServes) / serving;
  const toLearners = (followers + observers) * proposal + followers * COMMIT;
  const readsPerServerOut = (load.readRate / serving) * (READ_REPLY + dataBytes);
  return {
    leaderOut: writeRate * toLearners + (load.leaderServes ? readsPerServerOut : 0),
    followerIn: writeRate * (proposal + COMMIT + request / serving),
    readsPerServerOut,
    clientsIn: writeRate * request + load.readRate * (REQUEST + pathBytes),
    receivedPerWrite: request + viaLearner * request + toLearners + followers * ACK,
  };
}

/** Seconds to send a snapshot to `learners` at once over `bytesPerSecond` (10 at most by default). */
export function snapshotTransferSeconds(
  snapshotBytes: number,
  learners: number,
  bytesPerSecond: number,
): number {
  return (snapshotBytes * learners) / bytesPerSecond;
}
