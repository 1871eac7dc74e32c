import { locateFile } from '../../domain/connectionFiles';
import { WantsFile, type InputQuestion } from '../userInput';
import { materialAt, problemOfFile } from './certificateFiles';
import { describePassphrase } from './credentials';
import { needsPassphrase } from './keyMaterial';
import type { Wizard } from './wizardDraft';
import { questionAt } from './wizardSteps';

export async function askAuthorities(wizard: Wizard): Promise<void> {
  const { l10n, draft, files } = wizard;
  draft.caFile = await askFile(wizard, {
    ...questionAt(wizard, 'authorities'),
    prompt: l10n.t(
      'PEM file of the authorities to trust. Leave it empty for those that VS Code trusts.',
    ),
    placeholder: '~/zookeeper/ca.pem',
    value: draft.caFile,
    validate: async (text) => {
      if (text === '') return undefined;
      const problem = await problemOfFile(text, files, l10n);
      if (problem !== undefined) return problem;
      const material = await materialAt(text, files);
      return material.kind === 'pem' && material.hasCertificate
        ? undefined
        : l10n.t('{0} has no certificate in PEM format.', text);
    },
  });
}

export async function askCertificate(wizard: Wizard): Promise<void> {
  const { l10n, draft, files } = wizard;
  const text = await askFile(wizard, {
    ...questionAt(wizard, 'certificate'),
    prompt: l10n.t('File of the client certificate: PEM, or PKCS#12 with its key.'),
    placeholder: '~/zookeeper/client.pem',
    value: draft.certFile,
    validate: async (path) => {
      const problem = await problemOfFile(path, files, l10n);
      if (problem !== undefined) return problem;
      const material = await materialAt(path, files);
      return material.kind === 'pkcs12' || (material.kind === 'pem' && material.hasCertificate)
        ? undefined
        : l10n.t('{0} has no certificate in PEM or PKCS#12 format.', path);
    },
  });
  const material = await materialAt(text, files);
  if (text !== draft.certFile) draft.passphrase = '';
  draft.certFile = text;
  draft.isPkcs12 = material.kind === 'pkcs12';
  if (draft.isPkcs12) draft.keyFile = '';
  draft.lockedFile = needsPassphrase(material) ? text : undefined;
}

export async function askKey(wizard: Wizard): Promise<void> {
  const { l10n, draft, files } = wizard;
  const text = await askFile(wizard, {
    ...questionAt(wizard, 'key'),
    prompt: l10n.t('PEM file of the private key. Leave it empty if the certificate file has it.'),
    placeholder: '~/zookeeper/client.key',
    value: draft.keyFile,
    validate: async (path) => {
      const file = path || draft.certFile;
      const problem = await problemOfFile(file, files, l10n);
      if (problem !== undefined) return problem;
      const material = await materialAt(file, files);
      return material.kind === 'pem' && material.hasKey
        ? undefined
        : l10n.t('{0} has no private key in PEM format.', file);
    },
  });
  if (text !== draft.keyFile) draft.passphrase = '';
  draft.keyFile = text;
  const keyFile = text || draft.certFile;
  draft.lockedFile = needsPassphrase(await materialAt(keyFile, files)) ? keyFile : undefined;
}

export async function askPassphrase(wizard: Wizard): Promise<void> {
  const { ui, l10n, draft, files, start } = wizard;
  const file = draft.lockedFile ?? '';
  const content = await files.read(locateFile(file, files.folders()));
  const opens = (passphrase: string): string | undefined =>
    describePassphrase(file, content, passphrase, l10n);
  const saved = start.secret?.passphrase;
  const isSaved = saved !== undefined && opens(saved) === undefined;
  const text = await ui.input({
    ...questionAt(wizard, 'passphrase'),
    prompt: isSaved
      ? l10n.t('Passphrase of {0}. Leave it empty to keep the saved one.', file)
      : l10n.t('Passphrase of {0}.', file),
    password: true,
    value: draft.passphrase,
    validate: (text) => (text === '' && isSaved ? undefined : opens(text)),
  });
  draft.passphrase = text || (saved ?? '');
}

/** Asks for a path, which may also be chosen in a dialog. */
async function askFile({ ui, l10n }: Wizard, question: InputQuestion): Promise<string> {
  const fileButton = l10n.t('Choose File…');
  const validate: InputQuestion['validate'] = (text) => question.validate?.(text.trim());
  for (let value = question.value ?? ''; ;) {
    try {
      return (await ui.input({ ...question, value, validate, fileButton })).trim();
    } catch (error) {
      if (!(error instanceof WantsFile)) throw error;
      const action = l10n.t('Choose');
      value = (await ui.pickFile({ title: question.prompt, action })) ?? error.text;
    }
  }
}
