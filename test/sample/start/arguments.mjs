// @ts-check

export const USAGE = `npm start -- [options]
  Starts a sandbox with sample data and a VS Code with this extension, and prints the addresses.
  --real       a real ZooKeeper, from Debian's packages, instead of the sandbox in memory
  --desktop    an extension development host of the VS Code that "code" starts, not one for the browser
  --port N     port of the workbench; a free one unless said
  --no-churn   members of the sample stay as they are, and configs too
  --help       this text`;

/** The command line can't be understood. */
export class UsageError extends Error {}

/**
 * @typedef {object} StartArguments
 * @property {boolean} real
 * @property {boolean} desktop
 * @property {boolean} churn
 * @property {boolean} help
 * @property {number} port 0: a free one
 */

/**
 * @param {readonly string[]} argv without node and script
 * @returns {StartArguments}
 */
export function parseStartArguments(argv) {
  const args = { real: false, desktop: false, churn: true, help: false, port: 0 };
  const words = argv.flatMap((word) => (word.startsWith('--port=') ? word.split('=') : [word]));
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '--real') args.real = true;
    else if (word === '--desktop') args.desktop = true;
    else if (word === '--no-churn') args.churn = false;
    else if (word === '--help' || word === '-h') args.help = true;
    else if (word === '--port') args.port = portOf(words[++i]);
    else throw new UsageError(`There is no option ${word}.`);
  }
  if (args.desktop && args.port) throw new UsageError('--port is for the browser, not --desktop.');
  return args;
}

/** @param {string | undefined} text */
function portOf(text) {
  const port = Number(text);
  if (text && Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new UsageError('--port needs a number from 1 to 65535.');
}
