import { describe, expect, it } from 'vitest';
import type { Member } from '../../../src/domain/membership/member';
import { chooseLoad } from '../../../src/ui/ring/loadQuestions';
import { RingQuestions, type RingTexts } from '../../../src/ui/ring/questions';
import { ZkError } from '../../../src/zk/errors';
import { englishL10n as l10n, ScriptedUser, type Answer } from '../../fakes/userInput';

const FILES: Readonly<Record<string, string>> = {
  '/ws/servers.json': '[]',
  '/other/servers.json': '[{"address": "a:1", "weight": 2}]',
  '/other/keys.txt': 'one\n\n two \r\n',
  '/other/many.txt': 'k\n'.repeat(10_001),
  '/other/load.csv': 'server,load\na:1,5\n',
};

const texts = (open: RingTexts['open'] = () => []): RingTexts => ({
  nameOf: (file) => (file.startsWith('/ws/') ? file.slice(4) : undefined),
  read: (file) => Promise.resolve(FILES[file] ?? ''),
  open,
});

function questions(answers: readonly Answer[], open?: RingTexts['open']) {
  const ui = new ScriptedUser(...answers);
  const chooseSession = () => Promise.resolve({ id: 'local' });
  return { ui, ask: new RingQuestions({ ui, l10n, texts: texts(open), chooseSession }) };
}

describe('the servers of a new ring', () => {
  it.each<[string, Answer[], unknown]>([
    [
      'are below a znode',
      [{ pick: 'Children of a Znode' }, { type: '/a/', refused: /no \/ at/ }, { type: '/a' }],
      { connection: 'local', path: '/a' },
    ],
    [
      'are typed',
      [{ pick: 'Typed List' }, { type: 'a:x', refused: /"a:x"/ }, { type: 'a:1=2 b:1' }],
      { servers: [{ address: 'a:1', weight: 2 }, { address: 'b:1' }] },
    ],
    [
      'are followed in a file of the workspace',
      [{ pick: 'JSON File' }, { file: '/ws/servers.json' }],
      { file: 'servers.json' },
    ],
    [
      'are taken over from any other file',
      [{ pick: 'JSON File' }, { file: '/other/servers.json' }],
      { servers: [{ address: 'a:1', weight: 2 }] },
    ],
    ['are none without a file', [{ pick: 'JSON File' }, { file: undefined }], undefined],
  ])('%s', async (_, answers, members) => {
    const { ui, ask } = questions(answers);
    expect(await ask.chooseMembers()).toEqual(members);
    ui.finish();
  });

  it('are not what a file with other JSON holds', async () => {
    const { ask } = questions([{ pick: 'JSON File' }, { file: '/other/keys.txt' }]);
    await expect(ask.chooseMembers()).rejects.toThrow();
  });
});

describe('the keys of a ring', () => {
  it('come from a file, by name when it is one of the workspace', async () => {
    const { ask } = questions([{ file: '/other/keys.txt' }, { file: '/ws/keys.txt' }]);
    expect(await ask.chooseKeys('file')).toEqual({ list: ['one', 'two'] });
    expect(await ask.chooseKeys('file')).toEqual({ file: 'keys.txt' });
  });

  it('come from a text that is open, asked for when there are several', async () => {
    const text = (label: string) => ({ label, read: () => Promise.resolve(`${label}\n`) });
    await expect(questions([]).ask.chooseKeys('editor')).rejects.toThrow(/Open a text/);
    const one = questions([], () => [text('a')]);
    expect(await one.ask.chooseKeys('editor')).toEqual({ list: ['a'] });
    const two = questions([{ pick: 'b' }], () => [text('a'), text('b')]);
    expect(await two.ask.chooseKeys('editor')).toEqual({ list: ['b'] });
  });

  it('are cut with a word about it', async () => {
    const { ui, ask } = questions([{ file: '/other/many.txt' }]);
    expect(await ask.chooseKeys('file')).toHaveProperty('list.length', 10_000);
    expect(ui.notices[0]?.message).toMatch(/Only the first 10000 of 10001/);
  });
});

describe('the observed load', () => {
  const member = (address: string): Member => ({ address, child: address, state: 'up' });
  const members = ['a:1', 'b:1', 'c:1'].map(member);
  const source = { connection: 'local', path: '/m' };
  const data: Readonly<Record<string, string>> = {
    '/m/a:1': '{"m": {"load": 4}}',
    '/m/b:1': 'no JSON',
  };
  const ports = (ui: ScriptedUser) => ({
    ui,
    l10n,
    texts: texts(),
    clientOf: () => ({
      getData: (path: string) => {
        const text = data[path];
        return text === undefined
          ? Promise.reject(new ZkError('NoNode', path))
          : Promise.resolve({ data: Buffer.from(text), stat: {} as never });
      },
    }),
  });

  it('is read from a CSV', async () => {
    const ui = new ScriptedUser({ file: '/other/load.csv' });
    expect(await chooseLoad('csv', { source, members }, ports(ui))).toEqual({ 'a:1': 5 });
  });

  it('is read from the members themselves, and who has none is told', async () => {
    const ui = new ScriptedUser({ type: ' ', refused: /Name a field/ }, { type: 'm.load' });
    expect(await chooseLoad('field', { source, members }, ports(ui))).toEqual({ 'a:1': 4 });
    expect(ui.notices[0]?.message).toBe('2 servers have no such number.');
  });

  it('says when there is none', async () => {
    const ui = new ScriptedUser({ file: '/other/keys.txt' }, { type: 'other' });
    const subject = { source, members };
    await expect(chooseLoad('csv', subject, ports(ui))).rejects.toThrow(/No load/);
    await expect(chooseLoad('field', subject, ports(ui))).rejects.toThrow(/No load/);
    const listed = { source: { servers: [] }, members };
    await expect(chooseLoad('field', listed, ports(ui))).rejects.toThrow(/no znodes/);
  });
});
