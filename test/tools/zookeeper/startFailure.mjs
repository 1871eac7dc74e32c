// @ts-check
import { readFile } from 'node:fs/promises';

const LOG_TAIL_LINES = 40;

/** The server could not start properly because somebody else has one of its ports. */
export class PortTakenError extends Error {}

/**
 * A standalone server ends then; an ensemble member limps on without its election or admin port.
 * @param {string} logFile
 */
export async function hasLostPort(logFile) {
  return (await readLog(logFile)).includes('Address already in use');
}

/**
 * @param {string} what went wrong, with the server's name
 * @param {string} logFile
 * @returns {Promise<Error>}
 */
export async function startFailure(what, logFile) {
  const tail = (await readLog(logFile)).split('\n').slice(-LOG_TAIL_LINES).join('\n');
  const message = `${what}. Its log ends with:\n${tail}`;
  return (await hasLostPort(logFile)) ? new PortTakenError(message) : new Error(message);
}

/** @param {string} logFile */
function readLog(logFile) {
  return readFile(logFile, 'utf8').catch(() => '');
}
