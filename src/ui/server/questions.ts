import * as vscode from 'vscode';
import type { Reach } from '../../zk/sessions';
import { ADMIN_COMMANDS, readAdminCommand } from '../../zk/adminServer';
import { formatHost, type HostPort } from '../../zk/connectString';
import { FOUR_LETTER_WORDS, sendFourLetterWord } from '../../zk/fourLetterWords';
import { ServerCommandError } from '../../zk/serverCommandError';
import { PREFIX, Settings } from '../contributions';
import type { PickItem } from '../userInput';

export interface Target extends HostPort, Pick<Reach, 'tls' | 'addressMap'> {
  readonly adminPort: number;
}

export interface Answer {
  readonly name: string;
  readonly text: string;
  readonly language: 'json' | 'plaintext';
}

/** Something that a server can be asked, and that only reads. */
export type Question = (target: Target, signal: AbortSignal) => Promise<Answer>;

/** All questions: four-letter words over the client port, commands over the AdminServer's. */
export function questions(): PickItem<Question>[] {
  const word = vscode.l10n.t('four-letter word');
  const command = vscode.l10n.t('AdminServer');
  return [
    ...FOUR_LETTER_WORDS.map((name) => ({
      label: name,
      description: word,
      value: async (target: Target, signal: AbortSignal): Promise<Answer> => {
        const { host, port } = target;
        const text = await sendFourLetterWord(host, port, name, { signal, ...reachOf(target) });
        return { name: `${name} ${formatHost(target)}`, text, language: 'plaintext' };
      },
    })),
    ...ADMIN_COMMANDS.map((name) => ({
      label: name,
      description: command,
      value: async (target: Target, signal: AbortSignal): Promise<Answer> => {
        const server = { host: target.host, port: target.adminPort };
        const options = { signal, ...reachOf(target) };
        const answer = await readAdminCommand(server, name, options).catch(nameTheSetting);
        const text = JSON.stringify(answer, exactNumber, 2);
        return { name: `${name} ${formatHost(server)}.json`, text, language: 'json' };
      },
    })),
  ];
}

const reachOf = ({ tls, addressMap }: Pick<Reach, 'tls' | 'addressMap'>) => ({
  ...(tls ? { tls } : {}),
  ...(addressMap ? { addressMap } : {}),
});

function nameTheSetting(error: unknown): never {
  if (!(error instanceof ServerCommandError) || error.code !== 'ConnectionFailed') throw error;
  const setting = `${PREFIX}.${Settings.adminPort}`;
  const message = vscode.l10n.t(
    'No AdminServer answers: {0}. Its port is the setting “{1}”.',
    error.message,
    setting,
  );
  throw new Error(message, { cause: error });
}

/** Session ids and zxids don't fit a JSON number of JavaScript. */
function exactNumber(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
