import type { Secret } from '../secrets';
import { runSteps, type Step } from '../userInput';
import { acceptSending, askPassword, askUser } from './wizardCredentials';
import {
  newDraft,
  secretOf,
  type ConnectionAnswers,
  type Wizard,
  type WizardPorts,
  type WizardStart,
} from './wizardDraft';
import { askAccess, askAuth, askHosts, askName } from './wizardQuestions';
import { tryConnection } from './wizardTest';

export interface WizardResult {
  readonly answers: ConnectionAnswers;
  readonly secret: Secret | undefined;
  /** Whether the test succeeded; otherwise the user chose to save all the same. */
  readonly works: boolean;
}

/** Asks for a connection and tries it. Throws `Cancelled` when the user leaves. */
export async function askForConnection(
  start: WizardStart,
  ports: WizardPorts,
): Promise<WizardResult> {
  const wizard: Wizard = { ...ports, start, draft: newDraft(start) };
  const { draft } = wizard;
  let works = false;

  const hosts: Step = async () => {
    await askHosts(wizard);
    return name;
  };
  const name: Step = async () => {
    await askName(wizard);
    return auth;
  };
  const auth: Step = async () => {
    await askAuth(wizard);
    return draft.auth === 'digest' ? user : access;
  };
  const user: Step = async () => {
    await askUser(wizard);
    return password;
  };
  const password: Step = async () => {
    await askPassword(wizard);
    return (await acceptSending(wizard)) ? access : auth;
  };
  const access: Step = async () => {
    await askAccess(wizard);
    return test;
  };
  const test: Step = async () => {
    works = await tryConnection(wizard);
    return undefined;
  };
  await runSteps(hosts);

  const { connectString, readOnly = true } = draft;
  const answers = { name: draft.name, connectString, readOnly, auth: draft.auth };
  return { answers, secret: secretOf(wizard), works };
}
