import { setTimeout as sleep } from 'node:timers/promises';
import { ZkError } from '../../zk/errors';
import { changeConfig, countUp, electController, passOn, useQueue } from './churn/changes';
import { Population } from './churn/population';
import { Random } from './random';
import { ROLES } from './churn/roles';
import type { NewClient, SampleClient } from './client';
import { ELECTION, LATCH, LOCK, READ_WRITE_LOCK } from './data/coordination';

/** Fixed, so that two demonstrations look alike. */
const DEFAULT_SEED = 7;

export interface ChurnOptions {
  /** The same seed makes the same decisions. */
  readonly seed?: number;
  /** Between two changes, on average; 1.5 s unless said. */
  readonly paceMs?: number;
  /** Members come and stay, and nothing changes. */
  readonly still?: boolean;
}

export interface Churn {
  /** Ends every session: what the members registered goes with them. */
  stop(): Promise<void>;
}

/** Lets members join what `loadSample` has made, then come and go. Resolves when all have joined. */
export async function startChurn(
  newClient: NewClient,
  { seed = DEFAULT_SEED, paceMs = 1_500, still = false }: ChurnOptions = {},
): Promise<Churn> {
  const random = new Random(seed);
  const population = new Population(newClient, random);
  const admin = newClient();
  const leave = async (): Promise<void> => {
    await Promise.all([population.leaveAll(), admin.close()]);
  };
  try {
    await admin.connect();
    for (const role of ROLES) await population.join(role);
  } catch (error) {
    await leave();
    throw error;
  }

  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  const run = async (): Promise<void> => {
    while (!still && !isStopping()) {
      await sleep(paceMs * (0.65 + 0.7 * random.next()), undefined, stopping).catch(() => {});
      if (!isStopping()) await change(admin, population, random).catch(ignoreServer);
    }
  };
  const ended = run();
  return {
    stop: async () => {
      stopping.abort();
      // A change under way to a server that is gone fails when its clients close.
      await leave();
      await ended;
      await leave();
    },
  };
}

async function change(admin: SampleClient, population: Population, random: Random): Promise<void> {
  if (await electController(admin, population)) return;
  const chance = random.next();
  if (chance < 0.4) return moveMember(population, random);
  if (chance < 0.52) return changeConfig(admin, random);
  if (chance < 0.6) return countUp(admin, random);
  if (chance < 0.73) return useQueue(admin, random);
  const place = random.pick([LOCK, READ_WRITE_LOCK, LATCH, ELECTION]) ?? LOCK;
  return passOn(admin, place, population, random);
}

/** One member comes or goes; the more are away, the likelier one comes. */
async function moveMember(population: Population, random: Random): Promise<void> {
  const absent = population.absent(ROLES);
  const comes = random.pick(absent);
  if (comes && random.next() < absent.length / 6) return population.join(comes);
  const goes = random.pick(population.dispensable());
  if (goes) await population.leave(goes);
}

/** The user may delete, protect or stop anything: the next change finds something else to do. */
function ignoreServer(error: unknown): void {
  if (!(error instanceof ZkError)) throw error;
}
