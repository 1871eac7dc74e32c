import type * as vscode from 'vscode';
import type { ConnectionProfile } from '../../domain/connection';
import type { ClientOptions } from '../../zk/client';
import { bindingOf, type Secret } from '../secrets';
import type { Question, UserInput } from '../userInput';
import type { TestOutcome } from './testConnection';

/** What the wizard asks for; id and origin are its caller's. */
export type ConnectionAnswers = Omit<ConnectionProfile, 'id' | 'origin'>;

export interface WizardStart {
  readonly title: string;
  /** What is being edited or copied. */
  readonly answers?: ConnectionAnswers;
  /** The secret that is saved for these answers. */
  readonly secret?: Secret | undefined;
  /** Names of the other connections. */
  readonly takenNames: readonly string[];
}

export interface WizardPorts {
  readonly ui: UserInput;
  readonly l10n: typeof vscode.l10n;
  readonly test: (options: ClientOptions, signal: AbortSignal) => Promise<TestOutcome>;
}

/** The answers so far; a step that is asked again shows what was answered. */
export interface Draft {
  connectString: string;
  name: string;
  auth: ConnectionProfile['auth'];
  user: string;
  password: string;
  /** The binding for which sending without encryption was agreed to. */
  acceptedFor: string | undefined;
  /** Undefined until chosen: what is offered then depends on the hosts. */
  readOnly: boolean | undefined;
}

export interface Wizard extends WizardPorts {
  readonly start: WizardStart;
  readonly draft: Draft;
}

export function newDraft({ answers, secret }: WizardStart): Draft {
  return {
    connectString: answers?.connectString ?? '',
    name: answers?.name ?? '',
    auth: answers?.auth ?? 'none',
    user: secret?.user ?? '',
    password: '',
    acceptedFor: secret?.plainAccepted ? bindingOf(answers?.connectString ?? '') : undefined,
    readOnly: answers?.readOnly,
  };
}

/** Title and number of a step: without credentials `user` and `password` are left out. */
export function questionAt({ start, draft }: Wizard, name: StepName): Question {
  const names = STEP_NAMES.filter((step) => draft.auth === 'digest' || !CREDENTIALS.has(step));
  return { title: start.title, step: names.indexOf(name) + 1, totalSteps: names.length };
}

const STEP_NAMES = ['hosts', 'name', 'auth', 'user', 'password', 'access', 'test'] as const;
export type StepName = (typeof STEP_NAMES)[number];
const CREDENTIALS: ReadonlySet<StepName> = new Set<StepName>(['user', 'password']);

/** The saved password, as long as it would go to the same hosts for the same user. */
export function savedPassword({ start, draft }: Wizard): string | undefined {
  const { answers, secret } = start;
  if (!answers || secret?.user !== draft.user) return undefined;
  const sameHosts = bindingOf(answers.connectString) === bindingOf(draft.connectString);
  return sameHosts ? secret.password : undefined;
}

/** The secret as answered; undefined when the connection needs none. */
export function secretOf(wizard: Wizard): Secret | undefined {
  const { auth, user, password, acceptedFor, connectString } = wizard.draft;
  if (auth === 'none') return undefined;
  return {
    user,
    password: password || (savedPassword(wizard) ?? ''),
    plainAccepted: acceptedFor !== undefined && acceptedFor === bindingOf(connectString),
  };
}
