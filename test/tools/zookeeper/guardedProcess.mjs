// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * Runs "$@" and a guard beside it. The guard waits for the end of its standard input, which comes
 * when the process that started us is gone for whatever reason, SIGKILL included, and then ends the
 * child and removes its directory. No signal handler in the parent can promise that.
 */
const GUARD = `
log=$1 directory=$2; shift 2
exec 3<&0
"$@" </dev/null >>"$log" 2>&1 3<&- &
child=$!
echo "$child"
( read -r _ <&3; trap '' TERM; kill -KILL "$child"; sleep 0.1; rm -rf "$directory" ) 2>/dev/null &
guard=$!
exec >/dev/null
wait "$child"
code=$?
kill "$guard"
exit "$code"
`;

/**
 * @typedef {object} GuardedProcess
 * @property {number} pid of the program itself, not of its guard: signals go straight to it
 * @property {(signal: NodeJS.Signals) => void} signal does nothing when it has just ended
 * @property {() => number | undefined} exitCode undefined while it runs; 128 + signal when killed
 * @property {Promise<void>} exited
 */

/**
 * Starts a program that cannot outlive this process. It does not keep this process alive either,
 * so that a test which forgets to stop its server still ends.
 * @param {object} what
 * @param {readonly string[]} what.command program and arguments
 * @param {string} what.logFile gets both output streams appended
 * @param {string} what.directory removed when this process dies without stopping the program
 * @returns {Promise<GuardedProcess>}
 */
export async function startGuarded({ command, logFile, directory }) {
  const shell = spawn('/bin/sh', ['-c', GUARD, 'guard', logFile, directory, ...command], {
    // A session of its own: Ctrl-C in a terminal must not end the guard before its work is done.
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  /** @type {number | undefined} */
  let code;
  const exited = once(shell, 'exit').then(([exitCode]) => {
    code = Number(exitCode ?? -1);
  });
  const lines = createInterface(shell.stdout);
  const [pid] = await Promise.race([
    once(lines, 'line'),
    exited.then(() => Promise.reject(new Error(`${command[0]} could not be started`))),
  ]);
  lines.close();
  shell.unref();
  for (const stream of [shell.stdin, shell.stdout]) {
    /** @type {import('node:net').Socket} */ (/** @type {unknown} */ (stream)).unref();
  }
  const child = Number(pid);
  return { pid: child, signal: (name) => send(child, name), exitCode: () => code, exited };
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
