// @ts-check
/**
 * Processes that were started with `detached: true`: a group each, which can be ended as a whole.
 */

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Ends a process with all that it started. At once: nothing of a test's VS Code is worth a slow
 * farewell.
 * @param {import('node:child_process').ChildProcess} child
 */
export function endGroup(child) {
  if (!child.pid) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group has ended already.
  }
}

/**
 * A group of its own does not get the terminal's Ctrl+C, so it is ended together with this process.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} undoes it
 */
export function endWithThisProcess(child) {
  const end = () => endGroup(child);
  const onSignal = (/** @type {NodeJS.Signals} */ signal) => {
    off();
    end();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const off = () => {
    process.off('exit', end);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  process.once('exit', end);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return off;
}
