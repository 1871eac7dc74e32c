import type { ZPath } from '../../../domain/znode/path';
import { childPath } from '../../../domain/znode/path';
import { encodeUtf8 } from '../../../domain/textCoding';
import type { SampleClient, SampleMode } from '../client';
import { ZkError } from '../../../zk/errors';
import { ELECTION, LATCH, LOCK, READ_WRITE_LOCK } from '../data/coordination';
import { curatorInstance, INVENTORY } from '../data/curator';
import { ORDER_PROVIDERS, providerName } from '../data/dubbo';
import { BROKER_IDS, brokerRegistration, CONTROLLER, controllerData } from '../data/kafka';
import { serversetMember, TIMELINE } from '../data/serverset';
import type { Random } from '../random';

/** A program of the sample: what it registers in its session. */
export interface Role {
  /** Programs of one group do the same; some of them always stay. */
  readonly group: string;
  readonly register: (client: SampleClient, random: Random) => Promise<void>;
}

async function add(
  client: SampleClient,
  parent: string,
  name: string,
  data: string,
  mode: SampleMode,
): Promise<void> {
  await client.create(childPath(parent as ZPath, name), encodeUtf8(data), { mode });
}

const providers = [8, 9, 10, 11, 12].map((last): Role => {
  const host = `10.0.0.${String(last)}`;
  const name = providerName({ host, weight: last === 12 ? 200 : 100, dynamic: true });
  return {
    group: 'dubbo',
    register: (client) => add(client, ORDER_PROVIDERS, name, host, 'ephemeral'),
  };
});

const instances = [11, 12, 13, 14].map((last): Role => ({
  group: 'curator',
  register: (client, random) => {
    const id = random.uuid();
    const data = curatorInstance(id, `10.0.2.${String(last)}`, 1 + (last % 3));
    return add(client, INVENTORY, id, data, 'ephemeral');
  },
}));

const shards = [0, 1, 2, 3].map((shard): Role => ({
  group: 'serverset',
  register: (client) => {
    const data = serversetMember(`10.0.4.${String(20 + shard)}`, shard);
    return add(client, TIMELINE, 'member_', data, 'ephemeralSequential');
  },
}));

const brokers = [1, 2, 3].map((id): Role => ({
  group: 'kafka',
  register: async (client) => {
    await add(client, BROKER_IDS, String(id), brokerRegistration(id), 'ephemeral');
    await tryToControl(client, id);
  },
}));

/** The first broker to create the znode is the controller. */
export async function tryToControl(client: SampleClient, brokerId: number): Promise<boolean> {
  try {
    const data = encodeUtf8(controllerData(brokerId));
    await client.create(CONTROLLER as ZPath, data, { mode: 'ephemeral' });
    return true;
  } catch (error) {
    if (ZkError.is(error, 'NodeExists')) return false;
    throw error;
  }
}

/** Takes part in one of Curator's recipes, which protect their names with `_c_<uuid>-`. */
function curatorRecipe(group: string, parent: string, prefix: string, data: string): Role {
  return {
    group,
    register: (client, random) =>
      add(client, parent, `_c_${random.uuid()}-${prefix}`, data, 'ephemeralSequential'),
  };
}

const contenders = [31, 32, 33, 34].map((last) =>
  curatorRecipe('lock', LOCK, 'lock-', `10.0.3.${String(last)}`),
);
const readersAndWriter = ['__READ__', '__READ__', '__WRIT__'].map((prefix, i) =>
  curatorRecipe('readWriteLock', READ_WRITE_LOCK, prefix, `10.0.3.${String(41 + i)}`),
);
const schedulers = ['scheduler-a', 'scheduler-b', 'scheduler-c'].map((id) =>
  curatorRecipe('latch', LATCH, 'latch-', id),
);
const indexers = ['indexer-1', 'indexer-2', 'indexer-3'].map((id): Role => ({
  group: 'election',
  register: (client) => add(client, ELECTION, 'n_', id, 'ephemeralSequential'),
}));

/** Everybody, in the order in which they first come. */
export const ROLES: readonly Role[] = [
  ...providers,
  ...instances,
  ...shards,
  ...brokers,
  ...contenders,
  ...readersAndWriter,
  ...schedulers,
  ...indexers,
];
