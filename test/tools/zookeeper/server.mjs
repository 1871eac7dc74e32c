// @ts-check
import { ensembleLines, standaloneLines } from './config.mjs';
import { ensureZooKeeper } from './install.mjs';
import { DEFAULT_TICK_MS, planServers, prepareServer, retryOnTakenPort } from './prepare.mjs';
import { ZkEnsemble } from './zkEnsemble.mjs';

/** @typedef {import('./prepare.mjs').ServerOptions} ServerOptions */
/** @typedef {import('./config.mjs').ConfigLines} ConfigLines */
/** @typedef {import('./config.mjs').ServerPlan} ServerPlan */
/** @typedef {import('./zkServer.mjs').ZkServer} ZkServer */

/**
 * A server of its own on free loopback ports, ready for requests.
 * @param {ServerOptions} [options]
 * @returns {Promise<ZkServer>}
 */
export function startStandalone(options = {}) {
  return retryOnTakenPort(async () => {
    const plans = await planServers(1);
    const [server] = await startAll(plans, (plan) => standaloneLines(plan, tick(options)), options);
    return /** @type {ZkServer} */ (server);
  });
}

/**
 * An ensemble on free loopback ports, with a leader and every member serving.
 * @param {number} [size]
 * @param {ServerOptions} [options]
 * @returns {Promise<ZkEnsemble>}
 */
export function startEnsemble(size = 3, options = {}) {
  return retryOnTakenPort(async () => {
    const plans = await planServers(size);
    const { readOnlyMode = false } = options;
    const servers = await startAll(
      plans,
      (plan) => ensembleLines(plan, plans, tick(options), readOnlyMode),
      options,
    );
    return new ZkEnsemble(servers);
  });
}

/**
 * Starts all or none: when one fails, nothing of the others is left behind.
 * @param {readonly ServerPlan[]} plans
 * @param {(plan: ServerPlan) => ConfigLines} linesOf
 * @param {ServerOptions} options
 * @returns {Promise<ZkServer[]>}
 */
async function startAll(plans, linesOf, options) {
  const install = await ensureZooKeeper();
  const servers = await Promise.all(
    plans.map((plan) => prepareServer(install, plan, linesOf(plan), options)),
  );
  const starts = await Promise.allSettled(
    servers.map(async (server) => {
      await server.start('serving');
      await server.assertPortsBound();
    }),
  );
  const failure = starts.find((start) => start.status === 'rejected');
  if (!failure) return servers;
  await Promise.all(servers.map((server) => server.stop()));
  throw failure.reason;
}

/** @param {ServerOptions} options */
function tick(options) {
  return options.tickTime ?? DEFAULT_TICK_MS;
}
