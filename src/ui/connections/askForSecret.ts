import type * as vscode from 'vscode';
import type { ConnectionProfile } from '../../domain/connection';
import type { Secret, Secrets } from '../secrets';
import { Cancelled, runSteps, type Step, type UserInput } from '../userInput';
import { hostsText, mayBeSent, problemOfPassword, problemOfUser } from './credentials';

export interface SecretPorts {
  readonly secrets: Secrets;
  readonly ui: UserInput;
  readonly l10n: typeof vscode.l10n;
}

/**
 * The credentials of a connection: saved ones, or those that the user enters now. Throws `Cancelled`
 * when the user gives none or doesn't want them to be sent without encryption.
 */
export async function askForSecret(
  profile: ConnectionProfile,
  ports: SecretPorts,
): Promise<Secret> {
  const { secrets, ui, l10n } = ports;
  const saved = await secrets.load(profile);
  const secret = saved ?? (await enterSecret(profile, ports));
  if (secret.plainAccepted) return secret;
  if (!(await mayBeSent(profile.connectString, ui, l10n))) throw new Cancelled();
  const accepted = { ...secret, plainAccepted: true };
  await secrets.save(profile, accepted);
  return accepted;
}

async function enterSecret(profile: ConnectionProfile, ports: SecretPorts): Promise<Secret> {
  const { secrets, ui, l10n } = ports;
  const hosts = hostsText(profile.connectString);
  const prompt = (await secrets.isBoundElsewhere(profile))
    ? l10n.t('The saved credentials are for other hosts. Enter the user for {0}.', hosts)
    : l10n.t('User for {0}.', hosts);
  const title = l10n.t('Connect to {0}', profile.name);
  let user = '';
  let password = '';

  const askUser: Step = async () => {
    user = await ui.input({
      title,
      step: 1,
      totalSteps: 2,
      prompt,
      value: user,
      validate: (text) => problemOfUser(text, l10n),
    });
    return askPassword;
  };
  const askPassword: Step = async () => {
    password = await ui.input({
      title,
      step: 2,
      totalSteps: 2,
      prompt: l10n.t('Password of {0}.', user),
      password: true,
      validate: (text) => problemOfPassword(text, l10n),
    });
    return undefined;
  };
  await runSteps(askUser);
  return { user, password, plainAccepted: false };
}
