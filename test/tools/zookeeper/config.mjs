// @ts-check

/** @typedef {Readonly<Record<string, string | number | boolean>>} ConfigLines */

/**
 * What a server needs to know to write its own configuration.
 * @typedef {object} ServerPlan
 * @property {number} id `myid`, from 1
 * @property {string} directory removed when the server stops
 * @property {string} dataDir
 * @property {number} port for clients
 * @property {number} adminPort
 * @property {number} quorumPort unused by a standalone server
 * @property {number} electionPort unused by a standalone server
 */

export const HOST = '127.0.0.1';

/** Digest credentials of the superuser every test server knows. */
export const SUPERUSER = 'super:secret';

/** base64(sha1('super:secret')), as ZooKeeper wants it. */
const SUPER_DIGEST = 'super:lK75jTNcA+U9vtVEw5vB51mj/w4=';

/**
 * The keys both kinds of server share. Short ticks make sessions expire soon (the shortest session
 * is two ticks); the longest session stays what it is with ZooKeeper's own two-second tick.
 * @param {ServerPlan} plan
 * @param {number} tickTime ms
 * @returns {ConfigLines}
 */
function commonLines(plan, tickTime) {
  return {
    tickTime,
    maxSessionTimeout: Math.max(40_000, 20 * tickTime),
    dataDir: plan.dataDir,
    maxClientCnxns: 0,
    '4lw.commands.whitelist': '*',
    extendedTypesEnabled: true,
    forceSync: 'no',
    'admin.enableServer': true,
    'admin.serverAddress': HOST,
    'admin.serverPort': plan.adminPort,
    'DigestAuthenticationProvider.superDigest': SUPER_DIGEST,
  };
}

/**
 * @param {ServerPlan} plan
 * @param {number} tickTime ms
 * @returns {ConfigLines}
 */
export function standaloneLines(plan, tickTime) {
  return {
    ...commonLines(plan, tickTime),
    clientPort: plan.port,
    clientPortAddress: HOST,
  };
}

/**
 * A read-only server answers connects properly only with local sessions (ZOOKEEPER-3864), and
 * those expire on failover, so they are off unless asked for.
 * @param {ServerPlan} plan
 * @param {readonly ServerPlan[]} all
 * @param {number} tickTime ms
 * @param {boolean} readOnlyMode
 * @returns {ConfigLines}
 */
export function ensembleLines(plan, all, tickTime, readOnlyMode) {
  const members = all.map((one) => [
    `server.${one.id}`,
    `${HOST}:${one.quorumPort}:${one.electionPort};${HOST}:${one.port}`,
  ]);
  return {
    ...commonLines(plan, tickTime),
    initLimit: Math.ceil(20_000 / tickTime),
    syncLimit: Math.ceil(3_000 / tickTime),
    reconfigEnabled: true,
    standaloneEnabled: false,
    ...(readOnlyMode && { localSessionsEnabled: true, localSessionsUpgradingEnabled: true }),
    ...Object.fromEntries(members),
  };
}

/**
 * The file's text. Every listener stays on loopback, one for TLS that a test adds included.
 * @param {ConfigLines} lines
 * @returns {string}
 */
export function configText(lines) {
  const all =
    'secureClientPort' in lines ? { secureClientPortAddress: HOST, ...lines } : { ...lines };
  return Object.entries(all)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

export const LOG4J_PROPERTIES = `\
log4j.rootLogger=INFO, CONSOLE
log4j.appender.CONSOLE=org.apache.log4j.ConsoleAppender
log4j.appender.CONSOLE.layout=org.apache.log4j.PatternLayout
log4j.appender.CONSOLE.layout.ConversionPattern=%d{ISO8601} %-5p [%t:%c{1}] %m%n
`;
