// @ts-check
import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { ensureZooKeeper } from './install.mjs';

/**
 * Gives commands to ZooKeeper's own shell, as `zkCli.sh` starts it.
 * @param {string} connectString
 * @param {readonly string[]} commands
 * @returns {Promise<string[]>} the lines that it printed, errors last
 */
export async function runZkCli(connectString, commands) {
  const { javaPath, classPathJars } = await ensureZooKeeper();
  const main = 'org.apache.zookeeper.ZooKeeperMain';
  const classPath = classPathJars.join(delimiter);
  const child = spawn(javaPath, ['-cp', classPath, main, '-server', connectString], {
    timeout: 30_000,
  });
  let [printed, complained] = ['', ''];
  child.stdout.on('data', (data) => (printed += data));
  child.stderr.on('data', (data) => (complained += data));
  child.stdin.end([...commands, 'quit', ''].join('\n'));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code !== 0) throw new Error(`zkCli ended with ${code}: ${complained}`);
  return `${printed}\n${complained}`.split('\n').filter((line) => line && !/^log4j:/.test(line));
}
