// @ts-check
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { configText, LOG4J_PROPERTIES } from './config.mjs';
import { freePorts } from './ports.mjs';
import { PortTakenError } from './startFailure.mjs';
import { ZkServer } from './zkServer.mjs';

/** @typedef {import('./config.mjs').ConfigLines} ConfigLines */
/** @typedef {import('./config.mjs').ServerPlan} ServerPlan */

/**
 * @typedef {object} ServerOptions
 * @property {ConfigLines | ((id: number) => ConfigLines | Promise<ConfigLines>)} [extraConfig]
 *   lines added to zoo.cfg, or replacing the default ones; a function is asked anew for each
 *   server and each attempt, so that it can take ports from `freePorts`
 * @property {readonly string[]} [jvmFlags]
 * @property {string} [heap] of each server, as `-Xmx` wants it; default 256m
 * @property {boolean} [readOnlyMode] serve reads without a quorum (ensembles only)
 * @property {number} [tickTime] ms, default 500; the shortest session is twice as long
 * @property {number} [startLimitMs] default 30 s
 */

export const DEFAULT_TICK_MS = 500;

/** Only the fast compiler and the small collector: half a second to ready and 70 MB a server. */
const QUICK_JVM = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-XX:-UsePerfData'];

const MAIN = 'org.apache.zookeeper.server.quorum.QuorumPeerMain';

/**
 * Ports and directories for `count` servers.
 * @param {number} count
 * @returns {Promise<ServerPlan[]>}
 */
export async function planServers(count) {
  const plans = [];
  for (let id = 1; id <= count; id++) {
    const [port = 0, adminPort = 0, quorumPort = 0, electionPort = 0] = await freePorts(4);
    const directory = await mkdtemp(join(tmpdir(), 'zookeeper-test-'));
    const dataDir = join(directory, 'data');
    await mkdir(dataDir);
    plans.push({ id, directory, dataDir, port, adminPort, quorumPort, electionPort });
  }
  return plans;
}

/**
 * Writes a server's files; nothing runs yet.
 * @param {import('./install.mjs').ZooKeeperInstall} install
 * @param {ServerPlan} plan
 * @param {ConfigLines} lines
 * @param {ServerOptions} options
 * @returns {Promise<ZkServer>}
 */
export async function prepareServer(install, plan, lines, options) {
  const inDirectory = (/** @type {string} */ name) => join(plan.directory, name);
  const { extraConfig = {} } = options;
  const extra = typeof extraConfig === 'function' ? await extraConfig(plan.id) : extraConfig;
  await writeFile(inDirectory('zoo.cfg'), configText({ ...lines, ...extra }));
  await writeFile(inDirectory('log4j.properties'), LOG4J_PROPERTIES);
  await writeFile(join(plan.dataDir, 'myid'), `${plan.id}\n`);
  const command = [
    install.javaPath,
    ...QUICK_JVM,
    `-Xmx${options.heap ?? '256m'}`,
    `-Dlog4j.configuration=file:${inDirectory('log4j.properties')}`,
    // TTL and container nodes go within a second instead of a minute.
    '-Dznode.container.checkIntervalMs=1000',
    `-Dreadonlymode.enabled=${options.readOnlyMode ?? false}`,
    ...(options.jvmFlags ?? []),
    '-cp',
    install.classPathJars.join(delimiter),
    MAIN,
    inDirectory('zoo.cfg'),
  ];
  const { startLimitMs = 30_000 } = options;
  return new ZkServer(plan, { command, logFile: inDirectory('log'), startLimitMs });
}

/**
 * Repeats a start that lost one of its ports to another process between choosing and binding it.
 * @template T
 * @param {() => Promise<T>} start
 * @returns {Promise<T>}
 */
export async function retryOnTakenPort(start) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof PortTakenError) || attempt === 3) throw error;
    }
  }
}
