// @ts-check
import { format } from 'node:util';

/**
 * What the workbench says about itself at every start. It shares one channel with the extension
 * host.
 */
const NOISE = [
  /^(Resolv(ing|ed) connection token|Creating a socket|Updating additional builtin extensions)/,
  /^(Ignoring fetching additional builtin extensions|ChatSessionStore)/,
  /^\[(reconnection-grace-time|Service Worker|AgentHost|AccountPolicyGate|LanguageModel)/,
  // Its own errors; a stack of the extension host has file names.
  /^\s+at .*\/static\/out\/vs\/code\/browser\/workbench\//m,
];

/**
 * Prints the console of the extension host here; `ZKW_VERBOSE=1` adds what the workbench says.
 * @param {string} type
 * @param {unknown[]} args
 */
export function printConsole(type, args) {
  const text = format(...args);
  if (!process.env['ZKW_VERBOSE'] && NOISE.some((noise) => noise.test(text))) return;
  const stream = type === 'error' || type === 'warn' ? process.stderr : process.stdout;
  stream.write(`${text}\n`);
}
