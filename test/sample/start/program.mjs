// @ts-check
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../dist/test/sample/main.js', import.meta.url));
const STOP_MS = 3_000;

/**
 * Runs the sample program (see ../main.ts) until it is stopped. The pipe to its standard input ends
 * it when this process dies.
 * @param {string} connectString
 * @param {boolean} churn
 * @returns {Promise<{ stop: () => Promise<void> }>} when the data are loaded and the members are there
 */
export async function startSample(connectString, churn) {
  const mode = churn ? '--churn' : '--members';
  const child = spawn(process.execPath, [MAIN, connectString, mode], {
    detached: true, // Ctrl-C is for us: we end it
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (data) => (complaint += data));
  const exited = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  const joined = new Promise((resolve) => {
    createInterface(child.stdout).on('line', (line) => line.includes('joined') && resolve(true));
  });
  if (!(await Promise.race([joined, exited.then(() => false)]))) {
    throw new Error(`The sample data could not be loaded: ${complaint.trim().split('\n')[0]}`);
  }
  return {
    stop: async () => {
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(timer);
    },
  };
}
