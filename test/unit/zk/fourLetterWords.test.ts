import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  FOUR_LETTER_WORDS,
  isFourLetterWord,
  problemOf,
  sendFourLetterWord,
  type FourLetterWord,
} from '../../../src/zk/fourLetterWords';

describe('the words', () => {
  it('are those that read', () => {
    const expected = 'ruok srvr stat mntr cons conf envi wchs dump';
    expect(FOUR_LETTER_WORDS.join(' ')).toBe(expected);
  });

  it.each(['srst', 'crst', 'stmk', 'wchc', 'wchp', 'kill', 'ruok\n', '', 'constructor'])(
    'do not include %j, which is refused before anything is sent',
    async (word) => {
      expect(isFourLetterWord(word)).toBe(false);
      let connections = 0;
      const server = createServer((socket) => {
        connections++;
        socket.destroy();
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const address = server.address() as { port: number };
      const sent = sendFourLetterWord('127.0.0.1', address.port, word as FourLetterWord);
      await expect(sent).rejects.toMatchObject({
        name: 'ServerCommandError',
        code: 'Forbidden',
      });
      await new Promise((done) => server.close(done));
      expect(connections).toBe(0);
    },
  );
});

describe('problemOf', () => {
  it('explains the whitelist, and that srvr is always allowed', () => {
    const text = 'mntr is not executed because it is not in the whitelist.\n';
    const problem = problemOf('mntr', text, 'zk1:2181');
    expect(problem).toMatchObject({ code: 'NotWhitelisted' });
    expect(problem?.message).toMatch(/zk1:2181 refuses mntr.*4lw\.commands\.whitelist.*zoo\.cfg/);
    expect(problem?.message).toContain('srvr is always allowed');
  });

  it.each<[string, FourLetterWord, string, string]>([
    ['an empty answer', 'srvr', '', 'NoAnswer'],
    [
      'no quorum',
      'srvr',
      'This ZooKeeper instance is not currently serving requests\n',
      'NotServing',
    ],
    ['no quorum (Keeper)', 'mntr', 'This instance is not currently serving requests', 'NotServing'],
    ['a TLS port', 'srvr', '\u0015\u0003\u0003\u0000\u0002\u0002P', 'UnexpectedAnswer'],
    ['a web server', 'mntr', 'HTTP/1.1 400 Illegal character\r\n\r\n', 'UnexpectedAnswer'],
    ['another greeting', 'ruok', '220 mail.example ESMTP\r\n', 'UnexpectedAnswer'],
  ])('knows %s', (_, word, text, code) => {
    expect(problemOf(word, text, 'zk1:2181')).toMatchObject({ code });
  });

  it('lets answers pass, also those that quote such a sentence further on', () => {
    expect(problemOf('ruok', 'imok', 'zk1:2181')).toBeUndefined();
    const quoted = `ephemeral nodes dump:${' '.repeat(300)}is not executed because it is not in the whitelist.`;
    expect(problemOf('dump', quoted, 'zk1:2181')).toBeUndefined();
  });

  it('puts no control characters of the server into its message', () => {
    const problem = problemOf('ruok', `\u001b[31mred\u202e\n${'x'.repeat(1_000)}`, 'zk1:2181');
    expect(problem?.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(problem?.message.length).toBeLessThan(300);
  });
});
