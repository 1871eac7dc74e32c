// @ts-check
/** Everything that `npm start` starts ends with it, however it ends. */
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
const STOP_MS = 10_000;
const INSTALLER_MS = 2_000;

/**
 * Reads ids of process groups. Its input ends when this process is gone for whatever reason, and
 * then it ends the groups and removes the folder.
 */
const GUARD = `
groups=
while read -r group; do groups="$groups $group"; done
for group in $groups; do kill -KILL "-$group"; done
sleep 0.3
rm -rf "$1"
`;

export class Lifetime {
  /** @type {(() => unknown)[]} */
  #ends = [];
  #guard;
  #isEnding = false;
  /** Resolves when somebody wants all of this to end. */
  interrupted;

  /** @param {string} folder for everything temporary; removed at the end */
  constructor(folder) {
    this.#guard = spawn('/bin/sh', ['-c', GUARD, 'guard', folder], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#guard.on('error', () => {}); // no /bin/sh: only the sudden death is unguarded
    this.#guard.unref();
    this.interrupted = new Promise((resolve) => {
      // Stays registered: npm sends the terminal's Ctrl-C once more.
      for (const signal of SIGNALS) process.on(signal, () => resolve(signal));
      // A shell may start us and go, but npm stays until we end, unless it is killed.
      if (process.env['npm_lifecycle_event'] === 'start') void endOfNpm().then(resolve);
    });
  }

  /**
   * Called at the end, the latest first; at once when the end has come already.
   * @param {() => unknown} end
   */
  own(end) {
    if (this.#isEnding) void end();
    else this.#ends.push(end);
  }

  /**
   * A process group that must not outlive even a sudden death of this process.
   * @param {number} group
   */
  guard(group) {
    this.#guard.stdin?.write(`${group}\n`);
  }

  /** Ends everything, in bounded time. */
  async end() {
    this.#isEnding = true;
    const late = sleep(STOP_MS, 'late');
    const outcome = await Promise.race([this.#endAll(), late]);
    await endInstallers();
    if (outcome === 'late') this.#guard.stdin?.end();
    else this.#guard.kill('SIGKILL');
  }

  async #endAll() {
    for (const end of this.#ends.reverse()) {
      await Promise.resolve(end()).catch((error) => console.error(error.message));
    }
  }
}

/** Resolves when npm, which runs us through a shell, is gone. */
async function endOfNpm() {
  const [shell, npm] = [process.ppid, await parentOf(process.ppid)];
  while (process.ppid === shell && (await parentOf(shell)) === npm) {
    await sleep(500, undefined, { ref: false });
  }
  return 'the end of npm';
}

/** @param {number} pid */
async function parentOf(pid) {
  return (await readProcess(pid))?.parent;
}

/**
 * Ends what still runs in our own process group below us: npm, tar, the bundler. Not apt-get: a
 * half-configured package is worse than an installation that ends by itself.
 */
async function endInstallers() {
  const all = await processes();
  const own = all.get(process.pid);
  if (!own) return;
  const ended = [];
  for (const [pid, { group }] of all) {
    if (pid === process.pid || group !== own.group) continue;
    const line = ancestry(all, pid);
    const upToUs = line.slice(0, line.indexOf(process.pid));
    if (!line.includes(process.pid)) continue;
    if (upToUs.some((id) => all.get(id)?.name === 'apt-get')) continue;
    if (send(pid, 'SIGTERM')) ended.push(pid);
  }
  // npm takes back what it has half installed, for longer than a user waits; the rest is redone.
  const deadline = Date.now() + INSTALLER_MS;
  while (Date.now() < deadline && ended.some((pid) => send(pid, 0))) await sleep(100);
  for (const pid of ended) send(pid, 'SIGKILL');
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals | 0} signal 0 only asks
 * @returns {boolean} whether it was there
 */
function send(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** @typedef {{ name: string, parent: number, group: number }} Process */

/** @returns {Promise<Map<number, Process>>} empty where there is no /proc */
async function processes() {
  const names = await readdir('/proc').catch(() => []);
  /** @type {Map<number, Process>} */
  const all = new Map();
  for (const pid of names.map(Number).filter(Number.isInteger)) {
    const found = await readProcess(pid);
    if (found) all.set(pid, found);
  }
  return all;
}

/**
 * @param {number} pid
 * @returns {Promise<Process | undefined>}
 */
async function readProcess(pid) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, name = '', parent, group] = /^\d+ \((.*)\) \S (\d+) (\d+)/s.exec(text) ?? [];
  return parent ? { name, parent: Number(parent), group: Number(group) } : undefined;
}

/**
 * A process, its parent, its parent's parent…
 * @param {ReadonlyMap<number, Process>} all
 * @param {number} pid
 */
function ancestry(all, pid) {
  /** @type {number[]} */
  const line = [];
  for (let at = pid; at > 0 && !line.includes(at); at = all.get(at)?.parent ?? 0) line.push(at);
  return line;
}
