import { describe, expect, it } from 'vitest';
import { placeOf } from '../../../src/ui/edit/subject';
import { askingFor, nameOfTarget, requireWritable } from '../../../src/ui/target';
import { englishL10n as l10n, ScriptedUser } from '../../fakes/userInput';

const question = { message: 'Delete /a?', detail: 'All of it.', action: 'Delete' };

describe('questions before a change', () => {
  it('name a connection that is production, and no other', async () => {
    const user = new ScriptedUser('yes', 'yes');
    await askingFor({ name: 'Prod EU', production: true }, user, l10n).confirm(question);
    await askingFor({ name: 'Test', production: false }, user, l10n).confirm(question);
    expect(user.asked).toEqual([
      'Prod EU (production): Delete /a?: All of it.',
      'Delete /a?: All of it.',
    ]);
    expect(nameOfTarget({ name: 'Test' }, l10n)).toBe('Test');
  });

  it('are not asked where nothing may be written, with what to do about it', () => {
    const refuse = (refusal: 'readOnlyConnection' | 'readOnlyServer' | undefined) => () =>
      requireWritable({ refusal }, { name: 'Prod' }, l10n);
    expect(refuse('readOnlyConnection')).toThrow(/Prod is read-only. Edit the connection/);
    expect(refuse('readOnlyServer')).toThrow(/lost its ensemble/);
    expect(refuse(undefined)).not.toThrow();
  });
});

it.each([
  [
    { kind: 'connection', connectionId: 'a' },
    { connectionId: 'a', path: '/' },
  ],
  [
    { kind: 'znode', connectionId: 'a', path: '/x' },
    { connectionId: 'a', path: '/x' },
  ],
  [
    { scheme: 'zk', authority: 'a', path: '/x' },
    { connectionId: 'a', path: '/x' },
  ],
  [{ scheme: 'file', authority: 'a', path: '/x' }, undefined],
  [{ kind: 'znode', connectionId: 'a', path: 'x' }, undefined],
  [{ kind: 'message', connectionId: 'a' }, undefined],
  ['text', undefined],
  [undefined, undefined],
])('the place of %j', (argument, place) => {
  expect(placeOf(argument)).toEqual(place);
});
