import type { Secret } from '../secrets';
import { runSteps, type Step } from '../userInput';
import { acceptSending, askForMore, askPassword, askUser, hasLogins } from './wizardCredentials';
import {
  answersOf,
  newDraft,
  secretOf,
  type ConnectionAnswers,
  type Wizard,
  type WizardPorts,
  type WizardStart,
} from './wizardDraft';
import { askAuthorities, askCertificate, askKey, askPassphrase } from './wizardFiles';
import { askAccess, askAuth, askHosts, askName } from './wizardQuestions';
import { askSecurity, askServerName } from './wizardSecurity';
import { stepAfter, type StepName } from './wizardSteps';
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
  const wizard: Wizard = { ...ports, start, draft: newDraft(start, ports.files) };
  const { draft } = wizard;
  let works = false;

  /** A step that is followed by the next one in the list. */
  const plain = (name: StepName, ask: (wizard: Wizard) => Promise<void>): Step => {
    return async () => {
      await ask(wizard);
      const next = stepAfter(wizard, name);
      return next && steps[next];
    };
  };
  const user = (at: number): Step => {
    return async () => {
      await askUser(wizard, at);
      return password(at);
    };
  };
  const password = (at: number): Step => {
    return async () => {
      await askPassword(wizard, at);
      return draft.method === 'several' ? steps.identities : afterLogin();
    };
  };
  const afterLogin = async (): Promise<Step> =>
    (await acceptSending(wizard)) ? steps.access : steps.auth;
  const steps: Record<StepName, Step> = {
    hosts: plain('hosts', askHosts),
    security: plain('security', askSecurity),
    authorities: plain('authorities', askAuthorities),
    serverName: plain('serverName', askServerName),
    certificate: plain('certificate', askCertificate),
    key: plain('key', askKey),
    passphrase: plain('passphrase', askPassphrase),
    name: plain('name', askName),
    auth: async () => {
      await askAuth(wizard);
      if (draft.method === 'none') return steps.access;
      return draft.method === 'several' && hasLogins(wizard) ? steps.identities : steps.user;
    },
    user: user(0),
    password: password(0),
    identities: async () => {
      hasLogins(wizard);
      return (await askForMore(wizard)) ? user(draft.logins.length) : afterLogin();
    },
    access: plain('access', askAccess),
    test: async () => {
      works = await tryConnection(wizard);
      return undefined;
    },
  };
  await runSteps(steps.hosts);
  return { answers: answersOf(wizard), secret: secretOf(wizard), works };
}
