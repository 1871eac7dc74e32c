import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zkw, type Outcome } from './zkwProcess';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const addresses = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ address: `10.0.1.${i + 1}:11211` }));

let directory: string;
/** Files that the tests name in arguments as `@name`. */
const FILES: Record<string, unknown> = {
  three: addresses(3),
  ten: addresses(10),
  eleven: addresses(11),
  recorded: [24101, 24102, 24103].map((port) => ({ address: `127.0.0.1:${port}` })),
  none: [],
  twice: [{ address: 'a:1' }, { address: 'b:1' }, { address: 'a:1' }],
  zero: [{ address: 'a:1', weight: 0 }],
  negative: [{ address: 'a:1' }, { address: 'b:1', weight: -1 }],
  misspelt: [{ address: 'a:1', wieght: 1 }],
  slots: {
    slots: [
      { from: 0, to: 8191, owner: 'a:1' },
      { from: 8192, to: 16383, owner: 'b:1' },
    ],
  },
};
const inFiles = (args: readonly string[]): string[] =>
  args.map((arg) => (arg.startsWith('@') ? join(directory, arg.slice(1)) : arg));

/** Runs `zkw` with keys on standard input. */
async function zkwWith(input: string | Buffer, args: readonly string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [program, ...inFiles(args)]);
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => undefined); // it may end before it has read everything
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}

const run = (...args: string[]): Promise<Outcome> => zkw(inFiles(args));
const hashring = ['--preset', 'hashring-npm', '--servers'];
const twemproxy = ['--preset', 'twemproxy-ketama', '--set', 'hash=md5', '--servers', '@recorded'];

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'zkw-placement-'));
  for (const [name, value] of Object.entries(FILES)) {
    writeFileSync(join(directory, name), JSON.stringify(value));
  }
  writeFileSync(join(directory, 'broken'), '[{"address":');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('zkw place', () => {
  it('answers the textbook: key mod P + 1', async () => {
    const keys = Array.from({ length: 12 }, (_, i) => i * 7);
    const args = ['place', '--preset', 'textbook-modulo', '--servers', '@three'];
    const { code, stdout } = await zkwWith(keys.join('\n'), args);
    expect(code).toBe(0);
    const lines = keys.map((key) => `${key}\t10.0.1.${(key % 3) + 1}:11211\n`);
    expect(stdout).toBe(lines.join(''));
  });

  // Where nutcracker 0.5.0 with hash: md5 placed these keys on servers 1 to 3.
  const RECORDED = { 'user:0': 3, 'user:1': 2, 'user:42': 3, foo: 1, ключ: 2, 日本語: 3 };

  it.each([
    ['utf8', (key: string) => key],
    ['hex', (key: string) => Buffer.from(key).toString('hex')],
    ['base64', (key: string) => Buffer.from(key).toString('base64')],
  ])('places keys written in %s as the real program did', async (encoding, write) => {
    const input = Object.keys(RECORDED).map(write);
    const args = ['place', ...twemproxy, '--key-encoding', encoding];
    const { stdout } = await zkwWith(input.join('\n'), args);
    const owners = Object.values(RECORDED).map((number) => `127.0.0.1:${24_100 + number}`);
    expect(stdout).toBe(input.map((key, i) => `${key}\t${owners[i] ?? ''}\n`).join(''));
  });

  it('hashes the same bytes whatever they are written in', async () => {
    const words = ['é', 'ключ', 'a', 'foo'];
    const utf16 = await zkwWith(words.join('\n'), [
      'place',
      ...twemproxy,
      '--key-encoding',
      'utf16le',
    ]);
    const hex = words.map((word) => Buffer.from(word, 'utf16le').toString('hex'));
    const same = await zkwWith(hex.join('\n'), ['place', ...twemproxy, '--key-encoding', 'hex']);
    const ownersIn = ({ stdout }: Outcome): string[] => stdout.match(/\t.*\n/g) ?? [];
    expect(ownersIn(utf16)).toEqual(ownersIn(same));
    expect(ownersIn(utf16)).toHaveLength(4);
  });

  it('keeps bytes and lines: CRLF, no LF at the end, empty lines, bytes that are no UTF-8', async () => {
    const input = Buffer.from('foo\r\n\n\xff\xfe\nfoo', 'latin1');
    const child = spawn(process.execPath, [program, 'place', ...inFiles(twemproxy)]);
    child.stdin.end(input);
    const chunks = (await child.stdout.toArray()) as Buffer[];
    const lines = Buffer.concat(chunks).toString('latin1').split('\n');
    expect(lines.map((line) => line.split('\t')[0])).toEqual(['foo', '', '\xff\xfe', 'foo', '']);
    expect(lines[0]).toBe('foo\t127.0.0.1:24101');
    expect(lines[3]).toBe(lines[0]);
  });

  it('prints slots, and their owners when an assignment says who they are', async () => {
    const args = ['place', '--preset', 'redis-cluster'];
    expect((await zkwWith('foo\nuser:2\n', args)).stdout).toBe('foo\t12182\nuser:2\t6777\n');
    const assigned = await zkwWith('foo\nuser:2\n', [...args, '--assignment', '@slots']);
    expect(assigned.stdout).toBe('foo\tb:1\nuser:2\ta:1\n');
  });

  it('explains a key without reading keys', async () => {
    const { stdout } = await run('place', ...twemproxy, '--explain', 'foo');
    expect(stdout).toMatch(/^md5 .*127\.0\.0\.1:24101/);
    expect(stdout).toContain('\nowner\t127.0.0.1:24101\n');
    const json = await run('place', ...twemproxy, '--explain', 'foo', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ keyHex: '666f6f', answer: '127.0.0.1:24101' });
  });

  it('prints the keys before one that is wrong, and the number of its line', async () => {
    const args = ['place', ...hashring, '@three', '--key-encoding', 'hex'];
    const { code, stdout, stderr } = await zkwWith('666f6f\nxyz\n', args);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^666f6f\t10\.0\.1\.\d:11211\n$/);
    expect(stderr).toMatch(/^zkw: line 2 of the keys: .*\n$/);
  });

  it('refuses a line that could not be a key', async () => {
    const { code, stderr } = await zkwWith(Buffer.alloc(3 << 20, 'x'), [
      'place',
      ...hashring,
      '@three',
    ]);
    expect(code).toBe(1);
    expect(stderr).toBe('zkw: line 1 of the keys is longer than 1048576 bytes\n');
  });

  it('stops without a word when its reader has seen enough', async () => {
    const child = spawn(process.execPath, [program, 'place', ...inFiles([...hashring, '@ten'])]);
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    child.stdin.on('error', () => undefined);
    Readable.from(keysOf(Infinity)).pipe(child.stdin);
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(stderr).toBe('');
  });

  it.runIf(existsSync('/proc/self/status'))('needs no more memory for more keys', async () => {
    const child = spawn(process.execPath, [program, 'place', ...inFiles([...hashring, '@ten'])]);
    const status = `/proc/${child.pid ?? ''}/status`;
    let [peakKiB, lines] = [0, 0];
    child.stdout.on('data', (chunk: Buffer) => {
      for (const byte of chunk) if (byte === 0x0a) lines++;
      const [, size] =
        /VmHWM:\s+(\d+)/.exec(existsSync(status) ? readFileSync(status, 'utf8') : '') ?? [];
      peakKiB = Math.max(peakKiB, Number(size ?? 0));
    });
    Readable.from(keysOf(2_000_000)).pipe(child.stdin);
    await once(child, 'close');
    expect(lines).toBe(2_000_000);
    // A fresh process has about 45 MiB; the answers alone would be 50 MiB.
    expect(peakKiB).toBeGreaterThan(20 << 10);
    expect(peakKiB).toBeLessThan(90 << 10);
  });
});

describe('zkw move', () => {
  it('shows the share that moves, all of it to the server that joins', async () => {
    const args = ['move', ...hashring, '@ten', '--to', '@eleven', '--json'];
    const report = JSON.parse((await run(...args)).stdout) as Move;
    expect(report.error).toBe(0);
    expect(report.moved).toBeGreaterThan(0.05);
    expect(report.moved).toBeLessThan(0.15);
    const joined = report.servers.find(({ address }) => address === '10.0.1.11:11211');
    expect(joined?.gains).toBeCloseTo(report.moved, 12);
    expect(report.servers.reduce((sum, { loses }) => sum + loses, 0)).toBeCloseTo(report.moved, 12);
    expect(report.servers.filter(({ gains }) => gains > 0)).toHaveLength(1);
  });

  it('prints the keys that move with both servers, as place does before and after', async () => {
    const keys = [...keysOf(3_000)].join('');
    const args = ['move', ...hashring, '@ten', '--to', '@eleven', '--keys', '-'];
    const { stdout } = await zkwWith(keys, args);
    const [before, after] = await Promise.all(
      ['@ten', '@eleven'].map(async (file) =>
        (await zkwWith(keys, ['place', ...hashring, file])).stdout.trim().split('\n'),
      ),
    );
    const expected = (before ?? []).flatMap((line, i) =>
      line === after?.[i] ? [] : [`${line}\t${after?.[i]?.split('\t')[1] ?? ''}`],
    );
    const [moved = '', summary = ''] = stdout.split('\n\n');
    expect(expected.length).toBeGreaterThan(100);
    expect(moved.split('\n')).toEqual(expected);
    expect(summary).toContain(`moved keys\t${expected.length}\tof 3000\n`);
  });

  it('moves nothing between equal servers', async () => {
    const { stdout } = await run('move', ...hashring, '@ten', '--to', '@ten');
    expect(stdout).toMatch(/^moved\t0\.000000\nserver\tgains\tloses\n/);
  });
});

interface Move {
  readonly moved: number;
  readonly error: number;
  readonly servers: readonly { address: string; gains: number; loses: number }[];
}

describe('zkw balance', () => {
  it('prints shares that sum up, and how far they are apart', async () => {
    const { stdout } = await run('balance', ...hashring, '@ten');
    const rows = new Map(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split('\t') as [string, string]),
    );
    const shares = FILES['ten'] as { address: string }[];
    const values = shares.map(({ address }) => Number(rows.get(address)));
    expect(values.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    expect(Number(rows.get('max/mean'))).toBeCloseTo(Math.max(...values) * 10, 3);
    expect(Number(rows.get('min/mean'))).toBeCloseTo(Math.min(...values) * 10, 3);
    expect(Number(rows.get('planning quantile'))).toBeGreaterThan(1);
  });

  it('counts keys where place puts them', async () => {
    const keys = [...keysOf(5_000)].join('');
    const placed = (await zkwWith(keys, ['place', ...hashring, '@three'])).stdout;
    const args = ['balance', ...hashring, '@three', '--keys', '-', '--json'];
    const { stdout } = await zkwWith(keys, args);
    const { servers } = JSON.parse(stdout) as { servers: { address: string; keys: number }[] };
    for (const { address, keys: count } of servers) {
      expect(count).toBe(placed.split(`\t${address}\n`).length - 1);
    }
    expect(servers.reduce((sum, server) => sum + server.keys, 0)).toBe(5_000);
  });
});

describe('zkw presets', () => {
  it('lists what --preset takes', async () => {
    const { stdout } = await run('presets');
    expect(stdout).toMatch(/^twemproxy-ketama\tproved\t/m);
    const listed = JSON.parse((await run('presets', '--json')).stdout) as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual(stdout.match(/^[^\t]+/gm));
  });
});

describe('zkw refuses in one line', () => {
  it.each([
    [['place', ...hashring, '@none'], 1, /none: servers: Name at least one server/],
    [['place', ...hashring, '@twice'], 1, /twice: servers\[2\]: a:1 is listed twice/],
    [['place', ...hashring, '@zero'], 1, /zero: servers\[0\]\.weight: .* above 0/],
    [['place', ...hashring, '@negative'], 1, /negative: servers\[1\]\.weight: .* above 0/],
    [['place', ...hashring, '@misspelt'], 1, /misspelt is wrong at server 1: .*"wieght"/],
    [['place', ...hashring, '@broken'], 1, /broken is no JSON/],
    [['place', ...hashring, '@slots'], 1, /slots is no array of servers/],
    [['place', ...hashring, '@missing'], 1, /cannot read .*missing/],
    [['place', ...hashring, '@three', '--keys', '@missing'], 1, /cannot read .*missing/],
    [['place', '--preset', 'redis-cluster', '--assignment', '@three'], 1, /three: assignment: /],
    [['balance', '--preset', 'redis-cluster'], 1, /name servers/],
    [['place', '--servers', '@three'], 2, /--preset takes an id/],
    [['place', '--preset', 'nope', '--servers', '@three'], 2, /no preset is called nope/],
    [['place', '--preset', 'hashring-npm'], 2, /--servers takes a file/],
    [['place', ...hashring, '@three', '--set', 'colour=red'], 2, /has no option colour/],
    [['place', ...hashring, '@three', '--assignment', '@slots'], 2, /assignment/],
    [['place', ...hashring, '@three', '--key-encoding', 'latin1'], 2, /one of utf8/],
    [['place', ...hashring, '@three', 'foo'], 2, /options only, not foo/],
    [['place', ...hashring, '@three', '--to', '@ten'], 2, /only move takes --to/],
    [['place', ...hashring, '@three', '--timeout', '3'], 2, /--timeout/],
    [['place', ...hashring, '@three', '--json'], 2, /with --explain only/],
    [['place', '--preset', 'random', '--servers', '@three'], 2, /no owner/],
    [['move', ...hashring, '@three'], 2, /--to takes a file/],
    [['balance', ...hashring, '@three', '--explain', 'x'], 2, /only place takes --explain/],
    [['presets', 'all'], 2, /presets takes no arguments/],
  ])('%j with exit code %d', async (args, expected, message) => {
    const { code, stdout, stderr } = await zkwWith('', args);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(expected);
  });
});

/** Lines with the keys `user:0`, `user:1` and so on. */
function* keysOf(count: number): Generator<string> {
  for (let start = 0; start < count; start += 1000) {
    const size = Math.min(1000, count - start);
    yield Array.from({ length: size }, (_, i) => `user:${start + i}\n`).join('');
  }
}
