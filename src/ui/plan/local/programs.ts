import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
/** For a program to tell its version. */
const LIMIT_MS = 5_000;

/** A program with arguments, run without a shell. */
export interface CommandLine {
  readonly program: string;
  readonly args: readonly string[];
}

/** A way to run a server from the folder of its `zoo.cfg`. */
export interface Installation {
  /** The path of what was found. */
  readonly name: string;
  readonly command: (configFile: string) => CommandLine;
}

export type Variables = Readonly<Record<string, string | undefined>>;

const USUAL = ['/usr/share/zookeeper', '/usr/local/opt/zookeeper', '/opt/homebrew/opt/zookeeper'];
const SCRIPTS = ['zkServer.sh', 'zkServer'];

/** Installations of ZooKeeper on this machine: on the path, where it is usually put, in /opt. */
export async function findInstallations(variables: Variables): Promise<Installation[]> {
  const path = onPath(variables);
  const homes = [variables['ZOOKEEPER_HOME'], variables['ZK_HOME'], ...USUAL, ...(await inOpt())];
  const folders = [...path, ...homes.flatMap((home) => (home ? [join(home, 'bin'), home] : []))];
  const candidates = folders.flatMap((folder) => SCRIPTS.map((script) => join(folder, script)));
  const scripts = await existing([...new Set(candidates)], constants.X_OK);
  const jars = await debianJars(path);
  return [...scripts.map(byScript), ...(jars ? [jars] : [])];
}

/** An installation by the path of its `zkServer.sh`. */
export const byScript = (script: string): Installation => ({
  name: script,
  command: (configFile) => ({ program: script, args: ['start-foreground', configFile] }),
});

/**
 * What runs compose: a docker with its plugin, or the plugin by itself; undefined when there is
 * neither. Its first version does not know the names of projects.
 */
export async function findCompose(variables: Variables): Promise<CommandLine | undefined> {
  const candidates = [
    ...(await programs('docker', variables)).map((program) => ({ program, args: ['compose'] })),
    ...(await programs('docker-compose', variables)).map((program) => ({ program, args: [] })),
  ];
  for (const { program, args } of candidates) {
    const version = await outputOf(program, [...args, 'version', '--short']);
    if (Number(/^v?(\d+)\./.exec(version)?.[1]) >= 2) return { program, args };
  }
  return undefined;
}

/** Empty when it fails, or takes too long. */
async function outputOf(program: string, args: readonly string[]): Promise<string> {
  try {
    return (await execute(program, args, { timeout: LIMIT_MS })).stdout;
  } catch {
    return '';
  }
}

/** The paths of a program, in the order of the path. */
function programs(name: string, variables: Variables): Promise<string[]> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return existing(
    onPath(variables).map((folder) => join(folder, file)),
    constants.X_OK,
  );
}

const onPath = (variables: Variables): string[] =>
  (variables['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');

async function inOpt(): Promise<string[]> {
  const names = await readdir('/opt').catch(() => []);
  return names.filter((name) => /zookeeper/i.test(name)).map((name) => join('/opt', name));
}

const DEBIAN_JARS = '/usr/share/java';
/** `zookeeper.jar` names most of what it needs; not the AdminServer's, Netty's codecs and a log. */
const MORE_JARS = [
  ...['servlet-api', 'netty-codec', 'netty-resolver', 'netty-transport-native-unix-common'],
  ...['slf4j-log4j12', 'log4j-1.2'],
].map((name) => join(DEBIAN_JARS, `${name}.jar`));

/** Debian's libraries without its scripts. */
async function debianJars(path: readonly string[]): Promise<Installation | undefined> {
  const [jar] = await existing([join(DEBIAN_JARS, 'zookeeper.jar')], constants.R_OK);
  const [java] = await existing(
    path.map((folder) => join(folder, 'java')),
    constants.X_OK,
  );
  if (jar === undefined || java === undefined) return undefined;
  const classPath = [jar, ...(await existing(MORE_JARS, constants.R_OK))].join(delimiter);
  const main = 'org.apache.zookeeper.server.quorum.QuorumPeerMain';
  return {
    name: jar,
    command: (configFile) => ({
      program: java,
      args: ['-Xmx256m', '-cp', classPath, main, configFile],
    }),
  };
}

async function existing(paths: readonly string[], mode: number): Promise<string[]> {
  const found = await Promise.all(
    paths.map((path) =>
      access(path, mode).then(
        () => [path],
        () => [],
      ),
    ),
  );
  return found.flat();
}
