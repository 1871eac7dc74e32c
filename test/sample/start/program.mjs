// @ts-check
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));
const STOP_MS = 3_000;

/** @typedef {{ pid: number | undefined, stop: () => Promise<void> }} Program */

/**
 * Starts a sandbox with the sample in it (`zkw sandbox`), in a process group of its own.
 * @param {boolean} churn whether its members come and go
 * @returns {Promise<Program & { connectString: string }>} when it listens
 */
export async function startSandbox(churn) {
  const program = start(['cli.js', 'sandbox', churn ? '--churn' : '--sample']);
  const connectString = await program.lineWith(/^[\d.]+:\d+$/, 'The sandbox could not be started');
  return { ...program, connectString };
}

/**
 * Runs the sample program (see ../main.ts) until it is stopped. The pipe to its standard input ends
 * it when this process dies.
 * @param {string} connectString
 * @param {boolean} churn
 * @returns {Promise<Program>} when the data are loaded and the members are there
 */
export async function startSample(connectString, churn) {
  const program = start(['test/sample/main.js', connectString, churn ? '--churn' : '--members']);
  await program.lineWith(/joined/, 'The sample data could not be loaded');
  return program;
}

/** @param {string[]} args a program in `dist/` and its arguments */
function start([file = '', ...args]) {
  const child = spawn(process.execPath, [DIST + file, ...args], {
    detached: true, // Ctrl-C is for us: we end it
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (data) => (complaint += data));
  const exited = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  return {
    pid: child.pid,
    /**
     * @param {RegExp} wanted
     * @param {string} failure
     * @returns {Promise<string>}
     */
    async lineWith(wanted, failure) {
      const found = new Promise((resolve) => {
        createInterface(child.stdout).on('line', (line) => wanted.test(line) && resolve(line));
      });
      const line = await Promise.race([found, exited.then(() => undefined)]);
      if (line === undefined) throw new Error(`${failure}: ${complaint.trim().split('\n')[0]}`);
      return line;
    },
    async stop() {
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(timer);
    },
  };
}
