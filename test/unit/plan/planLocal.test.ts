import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byScript, findCompose, findInstallations } from '../../../src/ui/plan/local/programs';
import {
  composePorts,
  currentServers,
  type LocalServer,
  readServer,
} from '../../../src/ui/plan/local/setup';
import {
  type LocalPorts,
  type LocalProcess,
  type LocalSetup,
  startLocal,
} from '../../../src/ui/plan/local/startLocal';
import { type Answer, englishL10n, ScriptedUser } from '../../fakes/userInput';

const MEMBER = `
dataDir=./data
admin.serverAddress=127.0.0.1
server.1=127.0.0.1:22881:23881:participant;127.0.0.1:21811
server.2=127.0.0.1:22882:23882:participant;127.0.0.1:21812`;

describe('files for this machine', () => {
  it('are read for folder, id and port', () => {
    expect(readServer(MEMBER, '/w/server.2', '2')).toEqual({
      ...{ folder: '/w/server.2', id: '2', port: 21_812, members: ['1', '2'] },
    });
    const alone = 'clientPort=21811\nclientPortAddress=127.0.0.1\nadmin.enableServer=false';
    expect(readServer(alone, '/w', '')).toMatchObject({ port: 21_811 });
  });

  it.each([
    ['a client port on all addresses', MEMBER.replaceAll(';127.0.0.1:', ';')],
    [
      'a quorum port elsewhere',
      MEMBER.replace('22881', '22881').replace('=127.0.0.1:22882', '=zk2:22882'),
    ],
    ['an AdminServer on all addresses', MEMBER.replace('admin.serverAddress=127.0.0.1', '')],
    ['another client port', `${MEMBER}\nclientPort=2181`],
    ['metrics for everyone', `${MEMBER}\nmetricsProvider.className=x`],
    ['quorum ports on all addresses', `${MEMBER}\nquorumListenOnAllIPs=true`],
    ['a list of servers elsewhere', `${MEMBER}\ndynamicConfigFile=/etc/zoo.cfg.dynamic`],
    ['a second address', MEMBER.replace('=127.0.0.1:22881', '=127.0.0.1:1:2|10.0.0.5:22881')],
    ['an address that is no server', `${MEMBER}\nserver.3=nonsense`],
    ['a large id elsewhere', `${MEMBER}\nserver.1001=zk3:1:2;127.0.0.1:3`],
    ['a second address elsewhere', MEMBER.replace('23881:', '23881|zk1:22881:23881:')],
    ['a port for TLS on all addresses', MEMBER.replace(':21811', ':21811;21911')],
  ])('are refused with %s', (_, text) => {
    expect(readServer(text, '/w', '1')).toEqual({ problem: 'notLoopback' });
  });

  it('are those of servers in the list, not of one that was removed', () => {
    const server = (id: string, ...members: string[]): LocalServer => ({
      ...{ folder: `/w/server.${id}`, id, port: 21_810 + Number(id), members },
    });
    const servers = [server('4', '1', '2', '3', '4'), server('2', '1', '2'), server('1', '1', '2')];
    expect(currentServers(servers).map(({ id }) => id)).toEqual(['1', '2']);
    expect(currentServers([server('1')]).map(({ id }) => id)).toEqual(['1']);
    const left = [server('2', '1', '2', '3'), server('3', '1', '2', '3'), server('1')];
    expect(currentServers(left).map(({ id }) => id)).toEqual(['1']);
    expect(currentServers([])).toEqual([]);
  });

  it('are refused without a port', () => {
    expect(readServer(MEMBER, '/w', '7')).toEqual({ problem: 'noPort' });
  });

  it('are compose files that publish on loopback only', () => {
    const compose = `
services:
  zk1:
    ports:
      # for clients
      - "127.0.0.1:2181:2181"
      - "127.0.0.1:7000:7000"
    volumes:
      - data:/data
  zk2:
    ports:
      - "127.0.0.1:2182:2181"`;
    expect(composePorts(compose)).toEqual([2181, 2182]);
    expect(composePorts(compose.replace('127.0.0.1:7000', '7000'))).toBeUndefined();
    expect(composePorts(`${compose}\n    network_mode: host`)).toBeUndefined();
    expect(composePorts(`include: [other.yml]\n${compose}`)).toBeUndefined();
    expect(composePorts('ports: ["2181:2181"]')).toBeUndefined();
    for (const more of [
      '  zk3: {ports: ["2183:2181"]}',
      '  zk3:\n    "ports":\n      - "2183:2181"',
    ]) {
      expect(composePorts(`${compose}\n${more}`), more).toBeUndefined();
    }
    expect(composePorts('services: {}')).toBeUndefined();
  });
});

describe('installations', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zkw-local-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are found on the path and by ZOOKEEPER_HOME, if they can be run', async () => {
    await mkdir(join(folder, 'bin'));
    const script = join(folder, 'bin', 'zkServer.sh');
    await writeFile(script, '#!/bin/sh\n');
    const found = async (variables: Record<string, string>): Promise<string[]> =>
      (await findInstallations(variables)).map(({ name }) => name);
    expect(await found({ PATH: join(folder, 'bin') })).not.toContain(script);
    await chmod(script, 0o755);
    expect(await found({ PATH: join(folder, 'bin') })).toContain(script);
    expect(await found({ ZOOKEEPER_HOME: folder })).toContain(script);
  });
});

describe('compose', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zkw-compose-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function program(path: string, prints: string): Promise<string> {
    const file = join(folder, path);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, `#!/bin/sh\n${prints}\n`, { mode: 0o755 });
    return file;
  }

  it('is a docker with its plugin, or the plugin alone, of a version that knows names', async () => {
    const variables = { PATH: ['a', 'b', 'c'].map((name) => join(folder, name)).join(':') };
    expect(await findCompose(variables)).toBeUndefined();
    await program('a/docker', 'echo "unknown command: docker compose" >&2; exit 1');
    await program('a/docker-compose', 'echo 1.29.2');
    expect(await findCompose(variables)).toBeUndefined();
    const alone = await program('b/docker-compose', 'echo 2.26.1-4');
    expect(await findCompose(variables)).toEqual({ program: alone, args: [] });
    const docker = await program(
      'c/docker',
      '[ "$*" = "compose version --short" ] && echo v2.40.3',
    );
    expect(await findCompose(variables)).toEqual({ program: docker, args: ['compose'] });
  });
});

describe('starting a local ensemble', () => {
  const setup: LocalSetup = {
    kind: 'servers',
    folder: '/w/local',
    servers: [1, 2, 3].map((id) => ({
      ...{ folder: `/w/local/server.${id}`, id: String(id), port: 21_810 + id, members: [] },
    })),
  };
  const files = ['/w/docker-compose.yml', '/w/docker-compose.override.yml'];
  const compose: LocalSetup = { kind: 'compose', files, ports: [2181] };
  const never = new Promise<never>(() => undefined);

  function run(
    answers: Answer[],
    more: Partial<LocalPorts> = {},
    stop: AbortController = new AbortController(),
  ) {
    const started: LocalProcess[] = [];
    const told: string[] = [];
    const user = new ScriptedUser(...answers);
    const outcome = startLocal({
      ...{
        ui: user,
        l10n: englishL10n,
        setups: [setup],
        installations: [byScript('/zk/zkServer.sh')],
      },
      ...{ compose: undefined, shown: (path: string) => path, installationAt: byScript },
      run: (process) => {
        started.push(process);
        return never;
      },
      work: (_title, task) => task(stop.signal, (text) => told.push(text)),
      serves: () => Promise.resolve(started.length > 0),
      runs: () => Promise.resolve(false),
      ...more,
    });
    return { outcome, started, told };
  }

  it('runs each server in its folder and waits until all serve', async () => {
    const { outcome, started, told } = run([{ pick: 'Servers in /w/local' }]);
    expect(await outcome).toBe('127.0.0.1:21811,127.0.0.1:21812,127.0.0.1:21813');
    expect(started).toHaveLength(3);
    expect(started[1]).toEqual({
      ...{ title: 'ZooKeeper 2', folder: '/w/local/server.2', program: '/zk/zkServer.sh' },
      args: ['start-foreground', '/w/local/server.2/zoo.cfg'],
    });
    expect(told).toEqual(['3 of 3 servers']);
  });

  it('starts nothing that runs already, though it may wait for the others', async () => {
    const all = () => Promise.resolve(true);
    const none = run([{ pick: 'Servers in /w/local' }], { serves: all, runs: all });
    await none.outcome;
    expect(none.started).toEqual([]);
    const runs = (port: number) => Promise.resolve(port !== 21_812);
    const one = run([{ pick: 'Servers in /w/local' }], { runs });
    await one.outcome;
    expect(one.started.map(({ title }) => title)).toEqual(['ZooKeeper 2']);
  });

  it('lets compose start what does not run of its containers', async () => {
    const runs = (port: number) => Promise.resolve(port === 2181);
    const { outcome, started } = run([{ pick: 'Containers by docker compose' }], {
      ...{ runs, setups: [{ ...compose, ports: [2181, 2182] }] },
      compose: { program: '/usr/bin/docker', args: ['compose'] },
    });
    await outcome;
    expect(started).toHaveLength(1);
  });

  it('asks where ZooKeeper is, by docker or by its zkServer.sh', async () => {
    const other = { pick: 'Servers in /w/local by another installation…' };
    const elsewhere = run([other, { file: undefined }, other, { file: '/x/zkServer.sh' }]);
    await elsewhere.outcome;
    expect(elsewhere.started[0]?.program).toBe('/x/zkServer.sh');
    const containers = run([{ pick: 'Containers by docker compose' }], {
      setups: [setup, compose],
      compose: { program: '/usr/bin/docker', args: ['compose'] },
    });
    expect(await containers.outcome).toBe('127.0.0.1:2181');
    expect(containers.started).toEqual([
      {
        ...{ title: 'ZooKeeper', folder: '/w', program: '/usr/bin/docker' },
        args: ['compose', ...files.flatMap((file) => ['-f', file]), 'up'],
      },
    ]);
  });

  it('says so when there is nothing to start with', async () => {
    const { outcome } = run([], { setups: [compose] });
    await expect(outcome).rejects.toThrow(/Neither docker compose nor a ZooKeeper installation/);
  });

  it('fails as soon as a server has ended, and says which', async () => {
    const serves = () => Promise.resolve(false);
    const endsAt = (code: number | undefined) => ({
      ...{
        serves,
        run: ({ title }: LocalProcess) => (title.endsWith('2') ? Promise.resolve(code) : never),
      },
    });
    const one = run([{ pick: 'Servers in /w/local' }], endsAt(1));
    await expect(one.outcome).rejects.toThrow(/^ZooKeeper 2 ended with code 1 before/);
    const other = run([{ pick: 'Servers in /w/local' }], endsAt(undefined));
    await expect(other.outcome).rejects.toThrow(/^ZooKeeper 2 was ended before/);
  });

  it('ends when waiting is stopped, and lets the servers run', async () => {
    const stop = new AbortController();
    const serves = () => {
      stop.abort();
      return Promise.resolve(false);
    };
    const { outcome, started } = run([{ pick: 'Servers in /w/local' }], { serves }, stop);
    await expect(outcome).rejects.toThrow(/abort/i);
    expect(started).toHaveLength(3);
  });
});
