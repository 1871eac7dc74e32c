import { describe, expect, it } from 'vitest';
import type { TestOutcome } from '../../src/ui/connections/testConnection';
import { Cancelled } from '../../src/ui/userInput';
import type { Answer } from '../fakes/userInput';
import { runWizard as run } from '../fakes/wizard';

const NO_TLS = { pick: 'No TLS' };
const NO_CREDENTIALS = { pick: 'No credentials' };
const DIGEST = { pick: 'User and password' };
const prod = {
  answers: {
    name: 'Prod',
    connectString: 'zk1:2181,zk2:2181',
    readOnly: false,
    ...{ production: false, keepUndo: true },
    auth: 'digest' as const,
  },
  secret: { logins: [{ user: 'bob', password: 'old' }], plainAccepted: true },
};

describe('the connection wizard', () => {
  it('collects a connection without credentials and tries it', async () => {
    const { user, tested, result } = await run({
      answers: [
        { type: 'zk1, zk2:2182/app' },
        NO_TLS,
        { type: 'Prod' },
        NO_CREDENTIALS,
        'pickActive',
      ],
    });
    expect(result).toEqual({
      answers: {
        name: 'Prod',
        connectString: 'zk1:2181,zk2:2182/app',
        readOnly: true,
        ...{ production: false, keepUndo: true },
        auth: 'none',
      },
      secret: undefined,
      works: true,
    });
    expect(tested).toEqual([{ connectString: 'zk1:2181,zk2:2182/app' }]);
    expect(user.asked.map((text) => text.slice(0, 20))).toEqual([
      'Add Connection (1/6)',
      'Add Connection (2/6)',
      'Add Connection (3/6)',
      'Add Connection (4/6)',
      'Add Connection (5/6)',
      'Add Connection (6/6)',
    ]);
  });

  it('proposes to write only to this machine itself', async () => {
    const { result } = await run({
      answers: [{ type: 'localhost' }, NO_TLS, 'accept', NO_CREDENTIALS, 'pickActive'],
    });
    expect(result.answers).toMatchObject({ name: 'Local', readOnly: false });
  });

  it('marks production, and keeps the mark and what it does not ask for', async () => {
    const access = { pick: 'Read and write, production' };
    const added = await run({
      answers: [{ type: 'zk1' }, NO_TLS, 'accept', NO_CREDENTIALS, access],
    });
    expect(added.result.answers).toMatchObject({ readOnly: false, production: true });
    const answers = { ...prod.answers, auth: 'none' as const, production: true, keepUndo: false };
    const kept: Answer[] = ['accept', NO_TLS, 'accept', NO_CREDENTIALS, 'pickActive'];
    const again = await run({ start: { answers }, answers: kept });
    expect(again.result.answers).toEqual(answers);
    const lifted = await run({
      start: { answers },
      answers: [...kept.slice(0, -1), { pick: 'Read and write' }],
    });
    expect(lifted.result.answers).toMatchObject({ readOnly: false, production: false });
  });

  it('does not offer production for this machine itself', async () => {
    const access = { pick: 'Read and write, production' };
    const answers: Answer[] = [{ type: 'localhost' }, NO_TLS, 'accept', NO_CREDENTIALS, access];
    await expect(run({ answers })).rejects.toThrow('no item');
  });

  it('says what is wrong and asks on', async () => {
    await run({
      start: { takenNames: ['Prod'] },
      answers: [
        { type: '', refused: /at least one host/ },
        { type: 'zk1:x', refused: /"x" is not a port/ },
        { type: 'zk1' },
        NO_TLS,
        { type: '  ', refused: /Enter a name/ },
        { type: 'Prod', refused: /already/ },
        { type: 'x'.repeat(81), refused: /longer than 80/ },
        { type: 'Stage' },
        DIGEST,
        { type: '', refused: /Enter the user/ },
        { type: 'bob:x', refused: /colon/ },
        { type: 'bob' },
        { type: '', refused: /Enter the password/ },
        { type: 'secret' },
        'yes',
        'pickActive',
      ],
    });
  });

  it('sends digest credentials to the test and returns them', async () => {
    const { tested, result } = await run({
      answers: [
        { type: '127.0.0.1' },
        NO_TLS,
        'accept',
        DIGEST,
        { type: 'bob' },
        { type: 'p:w' },
        { pick: 'Read and write' },
      ],
    });
    const auth = new TextEncoder().encode('bob:p:w');
    expect(tested[0]?.credentials).toEqual([{ scheme: 'digest', auth }]);
    expect(result.secret).toEqual({
      logins: [{ user: 'bob', password: 'p:w' }],
      plainAccepted: true,
    });
  });

  it('asks before a password leaves the machine unencrypted, and takes no for an answer', async () => {
    const { user, result } = await run({
      answers: [
        { type: 'zk1' },
        NO_TLS,
        'accept',
        DIGEST,
        { type: 'bob' },
        { type: 'secret' },
        'no',
        NO_CREDENTIALS,
        'pickActive',
      ],
    });
    expect(user.asked.join('\n')).toContain('The connection to zk1:2181 does not use TLS');
    expect(result.secret).toBeUndefined();
  });

  it('goes back with the answers kept, and asks once for the same hosts', async () => {
    const { user, result } = await run({
      answers: [
        { type: 'zk1' },
        NO_TLS,
        { type: 'Prod' },
        DIGEST,
        { type: 'bob' },
        { type: 'secret' },
        'yes',
        'back',
        'back',
        'back',
        'back',
        'back',
        'back',
        'accept',
        'pickActive',
        'accept',
        'pickActive',
        'accept',
        'accept',
        { pick: 'Read only' },
      ],
    });
    expect(user.prefilled.slice(-4)).toEqual(['zk1:2181', 'Prod', 'bob', 'secret']);
    expect(result.secret).toEqual({
      logins: [{ user: 'bob', password: 'secret' }],
      plainAccepted: true,
    });
  });

  it('proposes read-only again when the hosts change from this machine to others', async () => {
    const { result } = await run({
      answers: [
        { type: 'localhost' },
        NO_TLS,
        'accept',
        NO_CREDENTIALS,
        { pick: 'Read and write' },
        { pick: 'Back' },
        'back',
        'back',
        'back',
        'back',
        { type: 'zk1' },
        NO_TLS,
        'accept',
        'pickActive',
        'pickActive',
      ],
      outcomes: [{ kind: 'refused', cause: 'nobody there' }, { kind: 'connected' }],
    });
    expect(result.answers.readOnly).toBe(true);
  });

  it.each([1, 2, 3, 4, 5])('is left by Escape in step %i', async (step) => {
    const before = [{ type: 'zk1' }, NO_TLS, 'accept', NO_CREDENTIALS, 'pickActive'] as Answer[];
    const answers: Answer[] = [...before.slice(0, step - 1), 'cancel'];
    await expect(run({ answers })).rejects.toThrow(Cancelled);
  });
});

describe('the final test', () => {
  const upToTest: Answer[] = [{ type: 'zk1' }, NO_TLS, 'accept', NO_CREDENTIALS, 'pickActive'];
  const refused: TestOutcome = { kind: 'refused', cause: 'connection refused by zk1:2181' };

  it('shows the reason and can be passed over', async () => {
    const answers = [...upToTest, { pick: 'Save Anyway' }];
    const { user, result } = await run({ answers, outcomes: [refused] });
    expect(user.asked.at(-1)).toContain('connection refused by zk1:2181');
    expect(result.works).toBe(false);
  });

  it.each<[TestOutcome, RegExp]>([
    [{ kind: 'noAnswer', seconds: 10 }, /within 10 seconds/],
    [{ kind: 'authFailed' }, /refused the credentials/],
    [{ kind: 'noChroot', chroot: '/app' }, /no znode \/app/],
  ])('tells %o', async (outcome, text) => {
    const answers = [...upToTest, { pick: 'Save Anyway' }];
    const { user } = await run({ answers, outcomes: [outcome] });
    expect(user.asked.at(-1)).toMatch(text);
  });

  it('goes back to change something and tries again', async () => {
    const answers: Answer[] = [...upToTest, 'pickActive', { pick: 'Read and write' }];
    const outcomes: TestOutcome[] = [refused, { kind: 'connected' }];
    const { result, tested } = await run({ answers, outcomes });
    expect(tested).toHaveLength(2);
    expect(result).toMatchObject({ works: true, answers: { readOnly: false } });
  });

  it('can be cancelled', async () => {
    const answers = [...upToTest, { pick: 'Cancel' }];
    await expect(run({ answers, outcomes: [refused] })).rejects.toThrow(Cancelled);
  });

  it('can be stopped without losing the answers', async () => {
    const { user, result } = await run({ answers: [...upToTest, 'stop', { pick: 'Save Anyway' }] });
    expect(user.asked.at(-1)).toContain('stopped');
    expect(result.answers.connectString).toBe('zk1:2181');
  });
});

describe('editing', () => {
  it('shows what is saved and keeps the password that is left empty', async () => {
    const { user, result } = await run({
      start: prod,
      answers: ['accept', 'pickActive', 'accept', 'pickActive', 'accept', 'accept', 'pickActive'],
    });
    expect(user.prefilled).toEqual(['zk1:2181,zk2:2181', 'Prod', 'bob', '']);
    expect(result).toEqual({ ...prod, works: true });
  });

  it('wants the password again, and asks again, when the hosts change', async () => {
    const { result } = await run({
      start: prod,
      answers: [
        { type: 'zk9' },
        NO_TLS,
        'accept',
        'pickActive',
        'accept',
        { type: '', refused: /Enter the password/ },
        { type: 'new' },
        'yes',
        'pickActive',
      ],
    });
    expect(result.secret).toEqual({
      logins: [{ user: 'bob', password: 'new' }],
      plainAccepted: true,
    });
  });

  it('wants the password of another user', async () => {
    await run({
      start: prod,
      answers: [
        'accept',
        'pickActive',
        'accept',
        'pickActive',
        { type: 'eve' },
        { type: '', refused: /Enter the password/ },
        { type: 'new' },
        'pickActive',
      ],
    });
  });
});
