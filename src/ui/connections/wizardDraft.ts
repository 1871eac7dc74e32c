import type * as vscode from 'vscode';
import type { ConnectionProfile } from '../../domain/connection';
import type { TlsSettings } from '../../domain/connectionTls';
import type { ClientOptions } from '../../zk/client';
import { bindingOf, type Link, type Login, type Secret } from '../secrets';
import type { UserInput } from '../userInput';
import { located, type CertificateFiles } from './certificateFiles';
import type { TestOutcome } from './testConnection';

/** What the wizard asks for or hands on; id and origin are its caller's. */
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
  readonly files: CertificateFiles;
  readonly test: (options: ClientOptions, signal: AbortSignal) => Promise<TestOutcome>;
}

export type Security = 'none' | 'tls' | 'mutual';
export type Access = 'readOnly' | 'writable' | 'production';
export type Method = ConnectionProfile['auth'] | 'several';

/** The answers so far; a step that is asked again shows what was answered. */
export interface Draft {
  connectString: string;
  name: string;
  security: Security;
  /** Paths of files; empty for none. */
  caFile: string;
  /** PEM or PKCS#12, according to `isPkcs12`. */
  certFile: string;
  isPkcs12: boolean;
  keyFile: string;
  verifyServerName: boolean;
  /** The file whose key is locked; undefined when no passphrase is needed. */
  lockedFile: string | undefined;
  passphrase: string;
  method: Method;
  /** An empty password stands for the saved one. */
  logins: Login[];
  /** The binding for which using the credentials without encryption was agreed to. */
  acceptedFor: string | undefined;
  /** Undefined until chosen: what is offered then depends on the hosts. */
  access: Access | undefined;
}

export interface Wizard extends WizardPorts {
  readonly start: WizardStart;
  readonly draft: Draft;
}

export function newDraft({ answers, secret }: WizardStart, files: CertificateFiles): Draft {
  const { tls, auth = 'none' } = answers ?? {};
  const logins = (secret?.logins ?? []).map(({ user }) => ({ user, password: '' }));
  const own = tls?.pfxFile ?? tls?.certFile;
  return {
    connectString: answers?.connectString ?? '',
    name: answers?.name ?? '',
    security: !tls ? 'none' : own === undefined ? 'tls' : 'mutual',
    caFile: tls?.caFile ?? '',
    certFile: own ?? '',
    isPkcs12: tls?.pfxFile !== undefined,
    keyFile: tls?.keyFile ?? '',
    verifyServerName: tls?.verifyServerName ?? true,
    lockedFile: undefined,
    passphrase: '',
    method: auth === 'digest' && logins.length > 1 ? 'several' : auth,
    logins,
    acceptedFor: answers && secret?.plainAccepted ? bindingOf(located(answers, files)) : undefined,
    access: answers && accessOf(answers),
  };
}

export function answersOf({ draft, start }: Wizard): ConnectionAnswers {
  const { name, connectString, access = 'readOnly', method } = draft;
  const { addressMap, allowReadOnly, production = false, keepUndo = true } = start.answers ?? {};
  const tls = tlsOf(draft);
  return {
    name,
    connectString,
    readOnly: access === 'readOnly',
    production: access === 'readOnly' ? production : access === 'production',
    keepUndo,
    auth: method === 'several' ? 'digest' : method,
    ...(tls && { tls }),
    ...(addressMap && { addressMap }),
    ...(allowReadOnly !== undefined && { allowReadOnly }),
  };
}

function accessOf({ readOnly, production }: ConnectionAnswers): Access {
  if (readOnly) return 'readOnly';
  return production ? 'production' : 'writable';
}

function tlsOf(draft: Draft): TlsSettings | undefined {
  const { security, caFile, certFile, isPkcs12, keyFile, verifyServerName } = draft;
  if (security === 'none') return undefined;
  const pem = { certFile, ...(keyFile !== '' && { keyFile }) };
  return {
    ...(caFile !== '' && { caFile }),
    ...(security === 'mutual' && (isPkcs12 ? { pfxFile: certFile } : pem)),
    ...(!verifyServerName && { verifyServerName }),
  };
}

/** The link as answered, with absolute paths. */
export function linkOf(wizard: Wizard): Link {
  return located(answersOf(wizard), wizard.files);
}

/** The saved secret, as long as it would be used for the same link. */
function savedSecret(wizard: Wizard): Secret | undefined {
  const { answers, secret } = wizard.start;
  const saved = answers && bindingOf(located(answers, wizard.files));
  return saved !== undefined && saved === bindingOf(linkOf(wizard)) ? secret : undefined;
}

export function savedPassword(wizard: Wizard, user: string | undefined): string | undefined {
  return savedSecret(wizard)?.logins.find((login) => login.user === user)?.password;
}

/** The secret as answered; undefined when the connection needs none. */
export function secretOf(wizard: Wizard): Secret | undefined {
  const { method, logins, lockedFile, security, passphrase, acceptedFor } = wizard.draft;
  const used = method === 'none' ? [] : method === 'several' ? logins : logins.slice(0, 1);
  const isLocked = security === 'mutual' && lockedFile !== undefined;
  if (used.length === 0 && !isLocked) return undefined;
  return {
    logins: used.map(({ user, password }) => ({
      user,
      password: password || (savedPassword(wizard, user) ?? ''),
    })),
    ...(isLocked && { passphrase }),
    plainAccepted: acceptedFor !== undefined && acceptedFor === bindingOf(linkOf(wizard)),
  };
}
