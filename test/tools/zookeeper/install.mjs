// @ts-check
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { ensureDebianPackages } from '../debian.mjs';

const JARS = '/usr/share/java';

/**
 * zookeeper.jar's manifest pulls in most of what a server needs. Not the servlet API (AdminServer),
 * netty-codec and its two friends (TLS: without them every handshake is reset) nor a log binding.
 */
const JAR_PACKAGES = new Map([
  ['zookeeper.jar', 'libzookeeper-java'],
  ['servlet-api.jar', 'libservlet-api-java'],
  ['netty-codec.jar', 'libnetty-java'],
  ['netty-resolver.jar', 'libnetty-java'],
  ['netty-transport-native-unix-common.jar', 'libnetty-java'],
  ['slf4j-log4j12.jar', 'libslf4j-java'],
  ['log4j-1.2.jar', 'liblog4j1.2-java'],
]);

/**
 * @typedef {object} ZooKeeperInstall
 * @property {string} javaPath
 * @property {readonly string[]} classPathJars
 */

/**
 * Finds Debian's ZooKeeper server and a Java to run it with, installing what is missing.
 * The library packages are enough: the `zookeeper` package adds a user, shell scripts and a full
 * desktop Java.
 * @returns {Promise<ZooKeeperInstall>}
 */
export async function ensureZooKeeper() {
  const packages = await missingServerPackages();
  if (packages.length > 0) await ensureDebianPackages(packages, 'the ZooKeeper test servers');
  const javaPath = await findJava();
  if (!javaPath) {
    throw new Error('ZooKeeper test servers need "java" on PATH (package default-jre-headless).');
  }
  const missing = await missingJars();
  if (missing.size > 0) {
    const jars = [...missing].map(([jar, from]) => `${jar} (package ${from})`).join(', ');
    throw new Error(`Java is there, but ZooKeeper test servers also need, in ${JARS}: ${jars}.`);
  }
  return { javaPath, classPathJars: [...JAR_PACKAGES.keys()].map((jar) => join(JARS, jar)) };
}

/** @returns {Promise<string[]>} the packages that a server lacks */
export async function missingServerPackages() {
  const packages = new Set((await missingJars()).values());
  if (!(await findJava())) packages.add('default-jre-headless');
  return [...packages];
}

/** @returns {Promise<Map<string, string>>} jar -> the package that has it */
async function missingJars() {
  const missing = new Map();
  for (const [jar, from] of JAR_PACKAGES) {
    if (!(await isThere(join(JARS, jar), constants.R_OK))) missing.set(jar, from);
  }
  return missing;
}

/** @returns {Promise<string | undefined>} */
async function findJava() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  if (process.env.JAVA_HOME) folders.unshift(join(process.env.JAVA_HOME, 'bin'));
  for (const folder of folders) {
    const path = join(folder, 'java');
    if (folder && (await isThere(path, constants.X_OK))) return path;
  }
  return undefined;
}

/**
 * @param {string} path
 * @param {number} mode
 */
function isThere(path, mode) {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
