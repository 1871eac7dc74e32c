import { expect, it } from 'vitest';
import { pickSome } from '../../src/ui/pickSome';
import { Cancelled } from '../../src/ui/userInput';
import { ScriptedUser } from '../fakes/userInput';

const question = {
  ...{ title: 'Fruit', placeholder: 'Which?', chosen: [] },
  items: ['apple', 'pear'].map((label) => ({ label, value: label })),
};

it('asks again when nothing is ticked, and says what to do', async () => {
  const user = new ScriptedUser({ many: [] }, { many: ['pear'] });
  expect(await pickSome(user, question, 'Tick some fruit.')).toEqual(['pear']);
  expect(user.notices).toEqual([{ severity: 'info', message: 'Tick some fruit.' }]);
  user.finish();
});

it('is left by Escape', async () => {
  const user = new ScriptedUser({ many: [] }, 'cancel');
  await expect(pickSome(user, question, 'Tick some fruit.')).rejects.toThrow(Cancelled);
});
