import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { PlanFacts } from '../../src/domain/config/facts';
import type { ConfigFile, Target } from '../../src/domain/config/file';
import { readinessCheck } from '../../src/domain/config/kubernetesProbes';
import type { LocalPorts } from '../../src/domain/config/local';
import { merge } from '../../src/domain/config/merge';
import { startKazoo } from '../tools/kazoo.mjs';
import { LOG4J_PROPERTIES } from '../tools/zookeeper/config.mjs';
import { fourLetterWord } from '../tools/zookeeper/fourLetterWord.mjs';
import { ensureZooKeeper } from '../tools/zookeeper/install.mjs';
import { freePorts } from '../tools/zookeeper/ports.mjs';
import { ZkEnsemble } from '../tools/zookeeper/zkEnsemble.mjs';
import { ZkServer } from '../tools/zookeeper/zkServer.mjs';
import { fileOf, filesOf, sampleFacts } from '../unit/config/configSupport';

const run = promisify(execFile);
const MAIN = 'org.apache.zookeeper.server.quorum.QuorumPeerMain';
const QUICK = ['-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'];

const portsFor = async (count: number): Promise<LocalPorts[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const [client = 0, quorum = 0, election = 0, admin = 0] = await freePorts(4);
      return { client, quorum, election, admin };
    }),
  );

/** Java's options as `zkEnv.sh` makes them of `java.env`. */
async function javaOptions(folder: string): Promise<string[]> {
  const script = '. ./java.env; printf %s "-Xmx${ZK_SERVER_HEAP}m $SERVER_JVMFLAGS"';
  const { stdout } = await run('/bin/sh', ['-euc', script], { cwd: folder });
  return stdout.split(' ');
}

describe('an ensemble of written files', { timeout: 60_000 }, () => {
  let root = '';
  let ensemble: ZkEnsemble | undefined;

  afterEach(async () => {
    await ensemble?.stop();
    await rm(root, { recursive: true, force: true });
  });

  async function put(folder: string, files: readonly ConfigFile[]): Promise<void> {
    for (const file of files) {
      const path = join(folder, file.path);
      await mkdir(dirname(path), { recursive: true });
      const now = await readFile(path, 'utf8').catch(() => undefined);
      await writeFile(path, merge(now, file) ?? '');
    }
  }

  /** Starts a server in a folder with `zoo.cfg`, its Java with the options of `java.env` there. */
  async function server(folder: string, id: number, ports: LocalPorts, options: string[]) {
    const { javaPath, classPathJars } = await ensureZooKeeper();
    await writeFile(join(folder, 'log4j.properties'), LOG4J_PROPERTIES);
    const command = [
      ...['/bin/sh', '-c', 'cd "$0" && exec "$@"', folder, javaPath, ...QUICK, ...options],
      ...['-Dlog4j.configuration=file:log4j.properties', '-cp', classPathJars.join(delimiter)],
      ...[MAIN, 'zoo.cfg'],
    ];
    const plan = {
      ...{ id, directory: folder, dataDir: join(folder, 'data'), port: ports.client },
      ...{ adminPort: ports.admin, quorumPort: ports.quorum, electionPort: ports.election },
    };
    return new ZkServer(plan, {
      command,
      logFile: join(folder, 'server.log'),
      startLimitMs: 30_000,
    });
  }

  async function start(servers: readonly ZkServer[]): Promise<ZkEnsemble> {
    ensemble = new ZkEnsemble(servers);
    await Promise.all(servers.map((one) => one.start('serving')));
    return ensemble;
  }

  /** A znode that is written at one server is read at all of them. */
  async function expectToServe({ servers }: ZkEnsemble): Promise<void> {
    const [first] = servers;
    const writer = await startKazoo(first?.connectString ?? '');
    await writer.create('/planned', 'as written');
    await writer.close();
    for (const { connectString } of servers) {
      const reader = await startKazoo(connectString);
      await reader.call('sync', ['/planned']);
      expect(await reader.children('/')).toContain('planned');
      await reader.close();
    }
  }

  it('elects a leader and serves: three servers of zoo.cfg, its dynamic file, myid and java.env', async () => {
    root = await mkdtemp(join(tmpdir(), 'zkw-ensemble-'));
    const ports = await portsFor(3);
    const lines = ports.map(
      ({ client, quorum, election }, at) =>
        `server.${at + 1}=127.0.0.1:${quorum}:${election};127.0.0.1:${client}`,
    );
    const targets = new Set<Target>(['zoo', 'dynamic', 'myid', 'java']);
    const facts = sampleFacts('queue');
    const servers = await Promise.all(
      ports.map(async (one, at) => {
        const folder = join(root, `host${at + 1}`);
        await mkdir(join(folder, 'data'), { recursive: true });
        // What a machine has of its own: folders and ports, which the plan does not know.
        const own = `dataDir=./data\ndataLogDir=./log\ndynamicConfigFile=./zoo.cfg.dynamic\nadmin.serverAddress=127.0.0.1\nadmin.serverPort=${one.admin}\n`;
        await writeFile(join(folder, 'zoo.cfg'), own);
        await writeFile(join(folder, 'zoo.cfg.dynamic'), `${lines.join('\n')}\n`);
        const existing = new Map([
          ['zoo.cfg', own],
          ['zoo.cfg.dynamic', lines.join('\n')],
        ]);
        await put(folder, filesOf(facts, { targets, existing }));
        const id = await readFile(join(folder, `myid/server.${at + 1}/myid`), 'utf8');
        await writeFile(join(folder, 'data/myid'), id);
        return server(folder, at + 1, one, await javaOptions(folder));
      }),
    );
    const running = await start(servers);
    const leader = await running.leader();
    const conf = await fourLetterWord('127.0.0.1', leader.port, 'conf');
    expect(conf).toMatch(/^tickTime=2000$/m);
    expect(conf).toMatch(/^initLimit=10$/m);
    expect(conf).toMatch(/^maxClientCnxns=60$/m);
    expect(await fourLetterWord('127.0.0.1', leader.port, 'mntr')).toMatch(
      /^zk_synced_followers\t2$/m,
    );
    await expectToServe(running);
  });

  it('elects a leader and serves: the local ensemble, three voters and two observers', async () => {
    root = await mkdtemp(join(tmpdir(), 'zkw-ensemble-'));
    const facts: PlanFacts = sampleFacts('queue', { measuredReadsPerServerPerSecond: 125 });
    const { voters, observers } = facts.computed.shape.shape;
    expect([voters, observers]).toEqual([3, 2]);
    const ports = await portsFor(5);
    const none = { client: 0, quorum: 0, election: 0, admin: 0 };
    const localPorts = (at: number): LocalPorts => ports[at] ?? none;
    await put(root, filesOf(facts, { targets: new Set<Target>(['local', 'java']), localPorts }));
    const options = await javaOptions(root);
    const servers = await Promise.all(
      ports.map((one, at) => server(join(root, `local/server.${at + 1}`), at + 1, one, options)),
    );
    const running = await start(servers);
    await running.leader();
    const modes = await Promise.all(servers.map((one) => one.mode()));
    expect(modes.sort()).toEqual(['follower', 'follower', 'leader', 'observer', 'observer']);
    await expectToServe(running);
  });

  it('grows by a step of its runbook: restarts, the leader last, and all are in sync', async () => {
    root = await mkdtemp(join(tmpdir(), 'zkw-ensemble-'));
    const ports = await portsFor(5);
    const facts = sampleFacts('cache', { voters: 5 });
    const none = { client: 0, quorum: 0, election: 0, admin: 0 };
    const localPorts = (at: number): LocalPorts => ports[at] ?? none;
    const files = filesOf(facts, { targets: new Set<Target>(['local']), localPorts });
    await put(root, files);
    const options = ['-Xmx128m'];
    const servers = await Promise.all(
      ports.map((one, at) => server(join(root, `local/server.${at + 1}`), at + 1, one, options)),
    );
    /** Gives a server the list of a step: all servers up to this number. */
    const useList = async (id: number, last: number): Promise<void> => {
      const { text } = fileOf(files, `local/server.${id}/zoo.cfg`);
      const later = new RegExp(`^server\\.[${last + 1}-9]=.*\\n`, 'gm');
      await writeFile(join(root, `local/server.${id}/zoo.cfg`), text.replace(later, ''));
    };
    for (const id of [1, 2, 3]) await useList(id, 3);
    const before = await start(servers.slice(0, 3));
    const [, , , added] = servers;
    if (added === undefined) throw new Error('no server to add');
    const after = (ensemble = new ZkEnsemble([...before.servers, added]));
    await useList(4, 4);
    await added.start('serving');
    expect(await added.mode()).toBe('follower');
    const leader = await before.leader();
    for (const one of [...before.servers.filter((other) => other !== leader), leader]) {
      await useList(one.id, 4);
      await one.restart('serving');
    }
    const { port } = await after.leader();
    await expect
      .poll(() => fourLetterWord('127.0.0.1', port, 'mntr'))
      .toMatch(/^zk_synced_followers\t3$/m);
    await expectToServe(after);
  });

  it('is ready for Kubernetes with a leader that leaves clients to others', async () => {
    root = await mkdtemp(join(tmpdir(), 'zkw-ensemble-'));
    const ports = await portsFor(5);
    const facts = sampleFacts('queue', { voters: 5 });
    expect(facts.computed.shape.shape.leaderServes).toBe(false);
    const none = { client: 0, quorum: 0, election: 0, admin: 0 };
    const localPorts = (at: number): LocalPorts => ports[at] ?? none;
    const files = filesOf(facts, { targets: new Set<Target>(['local']), localPorts });
    // On one machine all servers answer; in Kubernetes they follow the plan.
    const asPlanned = (text: string): string => text.replace('leaderServes=yes', 'leaderServes=no');
    await put(
      root,
      files.map((file) => ({ ...file, text: asPlanned(file.text) })),
    );
    const options = ['-Xmx128m'];
    const servers = await Promise.all(
      ports.map((one, at) => server(join(root, `local/server.${at + 1}`), at + 1, one, options)),
    );
    ensemble = new ZkEnsemble(servers);
    await Promise.all(servers.map((one) => one.start('listening')));
    const isReady = (port: number): Promise<boolean> =>
      run('bash', ['-c', readinessCheck(facts).replace('8080', String(port))]).then(
        () => true,
        () => false,
      );
    const ready = () => Promise.all(servers.map(({ adminPort }) => isReady(adminPort)));
    await expect.poll(ready).toEqual([true, true, true, true, true]);
    const modes = await Promise.all(servers.map((one) => one.mode()));
    expect(modes.filter((mode) => mode === undefined)).toHaveLength(1); // the leader
    await servers[0]?.kill();
    await servers[1]?.kill();
    await servers[2]?.kill();
    await expect.poll(() => isReady(servers[3]?.adminPort ?? 0)).toBe(false);
  });
});
