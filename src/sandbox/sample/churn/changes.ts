import { childPath, type ZPath } from '../../../domain/znode/path';
import { decodeUtf8, encodeUtf8 } from '../../../domain/textCoding';
import type { SampleClient } from '../client';
import { FEATURE_FLAGS, RATE_LIMITS } from '../data/configs';
import { QUEUE, queuedMail } from '../data/coordination';
import { BROKER_IDS, CONTROLLER, CONTROLLER_EPOCH } from '../data/kafka';
import type { Population } from './population';
import type { Random } from '../random';
import { tryToControl } from './roles';

/** Longer, and consumers catch up. */
const QUEUE_LIMIT = 8;

async function edit(
  client: SampleClient,
  at: string,
  change: (text: string) => string,
): Promise<void> {
  const path = at as ZPath;
  const { data, stat } = await client.getData(path);
  const text = change(decodeUtf8(data) ?? '');
  await client.setData(path, encodeUtf8(text), stat.version);
}

/** Gives another number to one line or key of a config. */
export async function changeConfig(client: SampleClient, random: Random): Promise<void> {
  if (random.next() < 0.5) {
    const percent = String(random.below(101));
    await edit(client, FEATURE_FLAGS, (text) => text.replace(/(?<="percent": )\d+/, percent));
  } else {
    const limit = String(10 * (5 + random.below(95)));
    await edit(client, RATE_LIMITS, (text) => text.replace(/(?<=^customer=)\d+/m, limit));
  }
}

export async function countUp(client: SampleClient, random: Random): Promise<void> {
  const orders = 1 + random.below(9);
  await edit(client, '/counters/orders-today', (text) => String((Number(text) || 0) + orders));
}

/** Puts a message at the end of the queue or takes the first one. */
export async function useQueue(client: SampleClient, random: Random): Promise<void> {
  const path = QUEUE as ZPath;
  const { names } = await client.getChildren(path);
  const first = names.sort()[0];
  if (first !== undefined && (names.length >= QUEUE_LIMIT || random.next() < 0.4)) {
    await client.delete(childPath(path, first), -1);
  } else {
    const mail = encodeUtf8(queuedMail(2_000 + random.below(1_000)));
    await client.create(childPath(path, 'queue-'), mail, { mode: 'persistentSequential' });
  }
}

/** Whoever is first gives way, and queues again behind all others. */
export async function passOn(
  client: SampleClient,
  at: string,
  population: Population,
  random: Random,
): Promise<void> {
  const parent = at as ZPath;
  const { names } = await client.getChildren(parent);
  const [first] = names.sort((a, b) => a.slice(-10).localeCompare(b.slice(-10)));
  if (first === undefined) return;
  const path = childPath(parent, first);
  const stat = await client.exists(path);
  const owner = stat && population.ownerOf(stat.ephemeralOwner);
  if (!owner) return;
  await owner.client.delete(path, -1);
  await owner.role.register(owner.client, random);
}

/** When the controller has gone, a broker that is still there takes over. */
export async function electController(
  client: SampleClient,
  population: Population,
): Promise<boolean> {
  if (await client.exists(CONTROLLER as ZPath)) return false;
  const { names } = await client.getChildren(BROKER_IDS as ZPath);
  const id = names.sort()[0];
  if (id === undefined) return false;
  const stat = await client.exists(childPath(BROKER_IDS as ZPath, id));
  const broker = stat && population.ownerOf(stat.ephemeralOwner);
  if (!broker || !(await tryToControl(broker.client, Number(id)))) return false;
  await edit(client, CONTROLLER_EPOCH, (epoch) => String((Number(epoch) || 0) + 1));
  return true;
}
