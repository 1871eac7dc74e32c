import type * as vscode from 'vscode';
import type { ConnectionProfile } from '../../domain/connection';
import type { Login, Secret, Secrets } from '../secrets';
import { Cancelled, runSteps, type Question, type Step, type UserInput } from '../userInput';
import type { FilesCheck } from './certificateFiles';
import {
  describePassphrase,
  hostsText,
  mayBeSent,
  problemOfPassword,
  problemOfUser,
} from './credentials';
import { problemOfPassphrase } from './keyMaterial';

export interface SecretPorts {
  readonly secrets: Secrets;
  readonly ui: UserInput;
  readonly l10n: typeof vscode.l10n;
}

type LockedFile = Extract<FilesCheck, { kind: 'locked' }>;

/**
 * What a connection keeps secret: saved, or entered by the user now; undefined when it needs nothing.
 * Throws `Cancelled` when the user gives none or doesn't want it to be used without encryption.
 */
export async function askForSecret(
  profile: ConnectionProfile,
  locked: LockedFile | undefined,
  ports: SecretPorts,
): Promise<Secret | undefined> {
  const { secrets, ui, l10n } = ports;
  if (profile.auth === 'none' && !locked) return undefined;
  const saved = await secrets.load(profile);
  const secret = await complete(saved, profile, locked, ports);
  if (secret === saved && secret.plainAccepted) return secret;
  if (!(await mayBeSent(profile, ui, l10n))) throw new Cancelled();
  const accepted = { ...secret, plainAccepted: true };
  await secrets.save(profile, accepted);
  return accepted;
}

/** The saved secret itself when nothing is missing. */
async function complete(
  saved: Secret | undefined,
  profile: ConnectionProfile,
  locked: LockedFile | undefined,
  ports: SecretPorts,
): Promise<Secret> {
  const hasLogin = profile.auth === 'none' || (saved?.logins.length ?? 0) > 0;
  const opens =
    !locked || problemOfPassphrase(locked.content, saved?.passphrase ?? '') === undefined;
  if (saved && hasLogin && opens) return saved;
  const entered = await enter(profile, opens ? undefined : locked, !hasLogin, ports);
  const passphrase = entered.passphrase ?? saved?.passphrase;
  return {
    logins: entered.login ? [entered.login] : (saved?.logins ?? []),
    ...(passphrase !== undefined && { passphrase }),
    plainAccepted: false,
  };
}

/** Asks for the passphrase of a file and for a user with password, as far as they are needed. */
async function enter(
  profile: ConnectionProfile,
  locked: LockedFile | undefined,
  needsLogin: boolean,
  { secrets, ui, l10n }: SecretPorts,
): Promise<{ passphrase?: string; login?: Login }> {
  const hosts = hostsText(profile.connectString);
  const prompt = (await secrets.isBoundElsewhere(profile))
    ? l10n.t(
        'The saved credentials are for other hosts or TLS settings. Enter the user for {0}.',
        hosts,
      )
    : l10n.t('User for {0}.', hosts);
  const loginAt = locked ? 2 : 1;
  const question = (step: number): Question => ({
    title: l10n.t('Connect to {0}', profile.name),
    step,
    totalSteps: loginAt + (needsLogin ? 1 : -1),
  });
  let passphrase: string | undefined;
  let user = '';
  let password = '';

  const askPassphrase = ({ file, content }: LockedFile): Step => {
    return async () => {
      passphrase = await ui.input({
        ...question(1),
        prompt: l10n.t('Passphrase of {0}.', file),
        password: true,
        validate: (text) => describePassphrase(file, content, text, l10n),
      });
      return login;
    };
  };
  const askUser: Step = async () => {
    user = await ui.input({
      ...question(loginAt),
      prompt,
      value: user,
      validate: (text) => problemOfUser(text, l10n),
    });
    return askPassword;
  };
  const askPassword: Step = async () => {
    password = await ui.input({
      ...question(loginAt + 1),
      prompt: l10n.t('Password of {0}.', user),
      password: true,
      validate: (text) => problemOfPassword(text, l10n),
    });
    return undefined;
  };
  const login = needsLogin ? askUser : undefined;
  const unlock = locked && askPassphrase(locked);
  const first = unlock ?? login;
  if (first) await runSteps(first);
  return {
    ...(passphrase !== undefined && { passphrase }),
    ...(needsLogin && { login: { user, password } }),
  };
}
