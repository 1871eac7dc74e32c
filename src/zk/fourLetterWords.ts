import { formatHost } from './connectString';
import { ServerCommandError } from './serverCommandError';
import { collect, exchange, type ServerCommandOptions } from './serverExchange';
import { excerpt } from './serverText';

/**
 * The words that only read. Never sent: `crst`, `srst` and `stmk` change the server, `wchc` and
 * `wchp` list every watch, which can stall it.
 */
export const FOUR_LETTER_WORDS = [
  'ruok',
  'srvr',
  'stat',
  'mntr',
  'cons',
  'conf',
  'envi',
  'wchs',
  'dump',
] as const;

export type FourLetterWord = (typeof FOUR_LETTER_WORDS)[number];

export function isFourLetterWord(text: string): text is FourLetterWord {
  return (FOUR_LETTER_WORDS as readonly string[]).includes(text);
}

/** `mntr is not executed because it is not in the whitelist.` (`NopCommand.java`) */
const NOT_WHITELISTED = /is not executed because it is not in the white ?list/;
/** `AbstractFourLetterCommand.ZK_NOT_SERVING`; ClickHouse Keeper leaves out its name. */
const NOT_SERVING = /^This (\w+ )?instance is not currently serving requests/;
/** Longer ones aren't one of the two sentences. */
const SENTENCE_CHARS = 200;
/** A TLS alert (RFC 8446 §5.1): the port speaks TLS, we didn't. */
const TLS_ALERT = '\u0015\u0003';

/**
 * Asks a server about itself on its client port, in plain text or, with `tls`, on its secure port.
 *
 * @returns the server's text, for the parsers of `metrics.ts` and `connectionList.ts`
 * @throws ServerCommandError, or the reason of the aborted signal
 */
export async function sendFourLetterWord(
  host: string,
  port: number,
  word: FourLetterWord,
  options: ServerCommandOptions = {},
): Promise<string> {
  if (!isFourLetterWord(word)) {
    const message = `${JSON.stringify(word)} is not a four-letter word that only reads`;
    throw new ServerCommandError('Forbidden', message);
  }
  const server = { host, port };
  const bytes = await exchange(server, options, (socket) => {
    // The connection isn't half-closed: the server would drop it before it answers.
    socket.write(word);
    return collect(socket, options.maxBytes);
  });
  const text = bytes.toString('utf8');
  const problem = problemOf(word, text, formatHost(server));
  if (problem) throw problem;
  return text;
}

/** The error that the text of an answer stands for, if any. */
export function problemOf(
  word: FourLetterWord,
  text: string,
  server: string,
): ServerCommandError | undefined {
  if (text === '') {
    const message = `${server} closed the connection without an answer to ${word}`;
    return new ServerCommandError('NoAnswer', message);
  }
  const sentence = text.slice(0, SENTENCE_CHARS);
  if (NOT_WHITELISTED.test(sentence)) {
    return new ServerCommandError(
      'NotWhitelisted',
      `${server} refuses ${word}: it is not in the server's whitelist. Add it to ` +
        `4lw.commands.whitelist in zoo.cfg (such as 4lw.commands.whitelist=srvr,${word}) and ` +
        `restart the server. srvr is always allowed.`,
    );
  }
  if (NOT_SERVING.test(sentence)) {
    const message = `${server} runs, but is not serving requests: it has no quorum`;
    return new ServerCommandError('NotServing', message);
  }
  if (text.startsWith(TLS_ALERT)) {
    const message = `${server} speaks TLS: connect with TLS`;
    return new ServerCommandError('UnexpectedAnswer', message);
  }
  if (text.startsWith('HTTP/')) {
    const message = `${server} speaks HTTP, it is not a ZooKeeper client port`;
    return new ServerCommandError('UnexpectedAnswer', message);
  }
  if (word === 'ruok' && text.trim() !== 'imok') {
    const message = `${server} answers ruok with ${JSON.stringify(excerpt(text))}`;
    return new ServerCommandError('UnexpectedAnswer', message);
  }
  return undefined;
}
