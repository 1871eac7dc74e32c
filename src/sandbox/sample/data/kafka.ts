import { below, compact, type SampleNode } from './node';

export const BROKER_IDS = '/brokers/ids';
export const CONTROLLER = '/controller';
export const CONTROLLER_EPOCH = '/controller_epoch';

/** A broker's registration, version 5 (Kafka's `BrokerIdZNode`). */
export function brokerRegistration(id: number): string {
  const host = `kafka-${String(id)}.example.com`;
  return compact({
    features: {},
    listener_security_protocol_map: { PLAINTEXT: 'PLAINTEXT' },
    endpoints: [`PLAINTEXT://${host}:9092`],
    jmx_port: -1,
    port: 9092,
    host,
    version: 5,
    rack: `rack-${String(id % 3)}`,
    timestamp: '1795300000000',
  });
}

/** What the controller's znode says (`ControllerZNode`). */
export function controllerData(brokerId: number): string {
  return compact({
    version: 2,
    brokerid: brokerId,
    timestamp: '1795300000000',
    kraftControllerEpoch: -1,
  });
}

const TOPICS = [
  { name: 'orders', id: 'pUQp1mWGT1yB0n9cE7uYxA', partitions: 6 },
  { name: 'payments', id: 'b2yQ8rZ1TnKq3wX0f4m6Lg', partitions: 3 },
  { name: '__consumer_offsets', id: 'Zk3t5hJcQeG9uWm1s7Yv0Q', partitions: 4 },
] as const;
const BROKERS = [1, 2, 3] as const;

/** Two replicas for each partition, on neighbouring brokers. */
function replicas(partition: number): number[] {
  return [0, 1].map((next) => BROKERS[(partition + next) % BROKERS.length] ?? 1);
}

function topic({ name, id, partitions }: (typeof TOPICS)[number]): SampleNode[] {
  const numbers = Array.from({ length: partitions }, (_, p) => p);
  const assignment = Object.fromEntries(numbers.map((p) => [String(p), replicas(p)]));
  const states = numbers.map((p) => ({
    path: `/brokers/topics/${name}/partitions/${String(p)}/state`,
    data: compact({
      controller_epoch: 1,
      leader: replicas(p)[0],
      version: 1,
      leader_epoch: 0,
      isr: replicas(p),
    }),
  }));
  const data = compact({
    partitions: assignment,
    topic_id: id,
    adding_replicas: {},
    removing_replicas: {},
    version: 3,
  });
  return [{ path: `/brokers/topics/${name}`, data }, ...states];
}

/** What brokers leave behind; their registrations and the controller are ephemeral. */
export function kafka(): SampleNode[] {
  return [
    { path: BROKER_IDS },
    { path: '/brokers/seqid' },
    { path: CONTROLLER_EPOCH, data: '1' },
    ...below('/cluster', { id: compact({ version: '1', id: 'k7tJ1nXvRz-2bqWm8sYc4A' }) }),
    { path: '/admin/delete_topics' },
    { path: '/isr_change_notification' },
    ...TOPICS.flatMap(topic),
  ];
}
