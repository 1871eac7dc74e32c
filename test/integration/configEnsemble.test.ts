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

  /** What `srvr` says of a server's data. */
  async function dataOf({ port }: ZkServer): Promise<{ zxid: bigint; znodes: string }> {
    const text = await fourLetterWord('127.0.0.1', port, 'srvr');
    const [, zxid = ''] = /^Zxid: (\w+)$/m.exec(text) ?? [];
    const [, znodes = ''] = /^Node count: (\d+)$/m.exec(text) ?? [];
    return { zxid: BigInt(zxid), znodes };
  }

  /** Folders and ports that a machine has, which no plan knows. */
  const ownKeys = ({ client, admin }: LocalPorts): string =>
    `dataDir=./data\nclientPort=${client}\nadmin.serverAddress=127.0.0.1\nadmin.serverPort=${admin}\n` +
    '4lw.commands.whitelist=srvr,ruok\n';

  /** A server with data, stopped, in a folder of its own. */
  async function stoppedWithData(cfg: string, ports: LocalPorts) {
    const folder = join(root, 'host1');
    await mkdir(join(folder, 'data'), { recursive: true });
    await writeFile(join(folder, 'zoo.cfg'), cfg);
    await writeFile(join(folder, 'data/myid'), '1\n');
    const one = await server(folder, 1, ports, ['-Xmx128m']);
    await start([one]);
    const writer = await startKazoo(one.connectString);
    await writer.create('/precious', 'as it was');
    await writer.close();
    const data = await dataOf(one);
    await one.kill('SIGTERM');
    return { folder, one, data };
  }

  it('keeps its data from one server to two, by the first step of the runbook', async () => {
    root = await mkdtemp(join(tmpdir(), 'zkw-ensemble-'));
    const ports = await portsFor(2);
    const [first, second] = ports;
    if (first === undefined || second === undefined) throw new Error('no ports');
    const existing = new Map([['zoo.cfg', ownKeys(first)]]);
    const { folder, one, data } = await stoppedWithData(ownKeys(first), first);
    const targets = new Set<Target>(['zoo', 'summary']);
    const files = filesOf(sampleFacts('queue'), { targets, existing });
    const [, list = ''] = fileOf(files, 'PLAN.md').text.split('```properties');
    const lines = [
      ...(list.split('```')[0] ?? '').matchAll(/server\.(\d)=zk\d:2888:3888(.*)/g),
    ].map(([, id = '', rest = '']) => {
      const { quorum = 0, election = 0 } = ports[Number(id) - 1] ?? {};
      return `server.${id}=127.0.0.1:${quorum}:${election}${rest}\n`;
    });
    expect(lines).toHaveLength(2);
    /** The written file over what a machine has, with the list of the step. */
    const useFiles = async (at: string, own: LocalPorts): Promise<void> => {
      const text = merge(ownKeys(own), fileOf(files, 'zoo.cfg')) ?? '';
      await writeFile(join(at, 'zoo.cfg'), text.replace(/^server\..*\n/gm, '') + lines.join(''));
    };
    const empty = join(root, 'host2');
    await mkdir(join(empty, 'data'), { recursive: true });
    await writeFile(join(empty, 'data/myid'), '2\n');
    await useFiles(folder, first);
    await useFiles(empty, second);
    const pair = await start([one, await server(empty, 2, second, ['-Xmx128m'])]);
    await pair.leader();
    for (const member of pair.servers) {
      const { zxid, znodes } = await dataOf(member);
      expect(znodes).toBe(data.znodes);
      expect(zxid >= data.zxid).toBe(true);
      const reader = await startKazoo(member.connectString);
      expect(await reader.children('/')).toContain('precious');
      await reader.close();
    }
  });

  it('starts with its data after its log was moved as PLAN.md says', async () => {
    root = await mkdtemp(join(tmpdir(), 'zkw-ensemble-'));
    const [ports] = await portsFor(1);
    if (ports === undefined) throw new Error('no ports');
    const cfg = ownKeys(ports);
    const { folder, one, data } = await stoppedWithData(cfg, ports);
    const existing = new Map([['zoo.cfg', cfg]]);
    const targets = new Set<Target>(['summary']);
    const { text } = fileOf(filesOf(sampleFacts('queue'), { targets, existing }), 'PLAN.md');
    expect(text).toContain(
      'Move `version-2/log.*` of its `dataDir` to `version-2` in the new folder',
    );
    await mkdir(join(folder, 'log/version-2'), { recursive: true });
    await run('/bin/sh', ['-euc', 'mv data/version-2/log.* log/version-2/'], { cwd: folder });
    await writeFile(join(folder, 'zoo.cfg'), `${cfg}dataLogDir=./log\n`);
    await one.start('serving');
    expect((await dataOf(one)).znodes).toBe(data.znodes);
  });

  it('starts with its data again where its list has groups, which were left as they were', async () => {
    root = await mkdtemp(join(tmpdir(), 'zkw-ensemble-'));
    const [ports] = await portsFor(1);
    if (ports === undefined) throw new Error('no ports');
    const list = `server.1=127.0.0.1:${ports.quorum}:${ports.election}\ngroup.1=1\nweight.1=1\n`;
    const limits = 'initLimit=5\nsyncLimit=2\nstandaloneEnabled=false\n';
    const cfg = ownKeys(ports) + limits + list;
    const { folder, one, data } = await stoppedWithData(cfg, ports);
    const targets = new Set<Target>(['zoo', 'dynamic']);
    const existing = new Map([['zoo.cfg', cfg]]);
    await put(folder, filesOf(sampleFacts('queue', { voters: 5 }), { targets, existing }));
    expect(await readFile(join(folder, 'zoo.cfg'), 'utf8')).toContain('\nsnapCount=');
    await one.start('serving');
    expect(await one.mode()).toBe('leader');
    expect((await dataOf(one)).znodes).toBe(data.znodes);
  });

  it('keeps an acknowledged write when docker-compose.yml grows and servers without it start first', async () => {
    root = await mkdtemp(join(tmpdir(), 'zkw-ensemble-'));
    const ports = await portsFor(5);
    const targets = new Set<Target>(['compose']);
    const composed = (voters: number, existing: ReadonlyMap<string, string> = new Map()): string =>
      fileOf(filesOf(sampleFacts('queue', { voters }), { targets, existing }), 'docker-compose.yml')
        .text;
    const before = composed(3);
    const after = composed(5, new Map([['docker-compose.yml', before]]));
    /** The list of a file, at the ports of this machine. */
    const listOf = (text: string): string[] =>
      [...text.matchAll(/server\.(\d)=zk\d:2888:3888;2181/g)].map(([, id = '']) => {
        const { quorum = 0, election = 0, client = 0 } = ports[Number(id) - 1] ?? {};
        return `server.${id}=127.0.0.1:${quorum}:${election};127.0.0.1:${client}`;
      });
    const member = async (id: number): Promise<ZkServer> => {
      const folder = join(root, `zk${id}`);
      await mkdir(join(folder, 'data'), { recursive: true });
      await writeFile(join(folder, 'data/myid'), `${id}\n`);
      const [own = { client: 0, quorum: 0, election: 0, admin: 0 }] = ports.slice(id - 1);
      return server(folder, id, own, ['-Xmx128m']);
    };
    const useList = ({ id }: ZkServer, text: string): Promise<void> => {
      const keys = ownKeys(ports[id - 1] ?? { client: 0, quorum: 0, election: 0, admin: 0 });
      const limits = ['tickTime=500', 'initLimit=20', 'syncLimit=10', 'standaloneEnabled=false'];
      const lines = [keys.replace(/^clientPort.*\n/m, ''), ...limits, ...listOf(text)];
      return writeFile(join(root, `zk${id}/zoo.cfg`), lines.join('\n'));
    };
    const members = await Promise.all([1, 2, 3, 4, 5].slice(0, listOf(after).length).map(member));
    const [first, second, ...late] = members;
    if (first === undefined || second === undefined) throw new Error('no servers');
    await Promise.all([first, second].map((one) => useList(one, before)));
    await start([first, second]);
    const writer = await startKazoo(first.connectString);
    await writer.create('/precious', 'acknowledged by two of three');
    await writer.close();
    await Promise.all([first, second].map((one) => one.kill('SIGTERM')));
    // All are started with the file that was written; those that missed the write are the first.
    await Promise.all(members.map((one) => useList(one, after)));
    ensemble = new ZkEnsemble(members);
    await Promise.all(late.map((one) => one.start('listening')));
    await first.start('serving');
    const reader = await startKazoo(first.connectString);
    expect(await reader.children('/')).toContain('precious');
    await reader.close();
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
