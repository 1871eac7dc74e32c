import { OPEN_ACL } from '../../domain/znode/acl';
import { parseAcl } from '../../domain/znode/aclText';
import { parseDuration } from '../../domain/duration';
import { formatBytes } from '../../domain/znode/format';
import { isAuthenticated } from '../../zk/edit/lockout';
import { isMasked } from '../../zk/edit/permission';
import { messageOf } from '../../base/assert';
import { Cancelled, type PickItem } from '../userInput';
import { describeAclProblem } from './aclProblemText';
import { createModes } from './createModes';
import {
  isSequential,
  questionOf,
  type Creation,
  type DataChoice,
  type AclChoice,
} from './createDraft';
import { lookAround } from './createLook';
import { problemOfName } from './pathProblemText';
import { whoAmI } from './whoAmI';

/** The server's `jute.maxbuffer` unless it is set otherwise, less what a request has besides data. */
export const MAX_DATA_BYTES = 1_048_575 - 4_096;

/** The longest time to live: 40 bits of milliseconds (`EphemeralType`). */
const MAX_TTL_MS = 2 ** 40 - 1;

const NO_DATA = new Uint8Array(0);

export async function askName(creation: Creation): Promise<void> {
  const { ui, l10n, draft, parent } = creation;
  for (;;) {
    draft.name = await ui.input({
      ...questionOf(creation, 'name'),
      prompt: l10n.t('Name of the znode. With / in it, the znodes on the way are created too.'),
      value: draft.name,
      validate: (text) => problemOfName(text, parent.path, l10n),
    });
    draft.around = await lookAround(creation);
    const { ephemeral } = draft.around;
    if (ephemeral === undefined) return;
    ui.notify({
      severity: 'error',
      message: l10n.t('{0} is ephemeral, and ephemeral znodes cannot have children.', ephemeral),
    });
  }
}

export async function askMode(creation: Creation): Promise<void> {
  const { ui, l10n, draft } = creation;
  const { exists } = draft.around;
  const modes = createModes(l10n).filter(({ value }) => !exists || isSequential(value));
  draft.mode = await ui.pick({
    ...questionOf(creation, 'mode'),
    placeholder: exists
      ? l10n.t('{0} exists already; a sequential znode gets a number behind it.', draft.name)
      : l10n.t('Choose how long the znode lives.'),
    active: draft.mode,
    items: modes,
  });
}

export async function askTtl(creation: Creation): Promise<void> {
  const { ui, l10n, draft } = creation;
  draft.ttl = await ui.input({
    ...questionOf(creation, 'ttl'),
    prompt: l10n.t('The server deletes it when it was not changed for so long. With a unit: 30 s'),
    placeholder: '5 min',
    value: draft.ttl,
    validate: (text) => {
      const ms = parseDuration(text);
      if (ms === undefined) return l10n.t('Enter a number with ms, s, min, h or d, such as 5 min.');
      if (ms < 1) return l10n.t('The shortest time is 1 ms.');
      return ms > MAX_TTL_MS ? l10n.t('The longest time is some 34 years.') : undefined;
    },
  });
}

export async function askData(creation: Creation): Promise<void> {
  const { ui, l10n, draft, sources } = creation;
  const editor = sources.activeEditor();
  const items: PickItem<DataChoice>[] = [
    { label: l10n.t('No data'), value: 'none' },
    { label: l10n.t('Type a text'), value: 'typed' },
    { label: l10n.t('From a file…'), value: 'file' },
    { label: l10n.t('From the clipboard'), value: 'clipboard' },
  ];
  if (editor) {
    const label = l10n.t('From the active editor');
    items.push({ label, description: editor.name, value: 'editor' });
  }
  for (;;) {
    draft.dataChoice = await ui.pick<DataChoice>({
      ...questionOf(creation, 'data'),
      placeholder: l10n.t('Choose the data of the znode.'),
      active: draft.dataChoice,
      items,
    });
    if (draft.dataChoice === 'typed') return;
    const problem = await takeData(creation, editor?.text ?? '');
    if (problem === undefined) return;
    if (problem !== '') ui.notify({ severity: 'error', message: problem });
  }
}

/** Returns why it can't be taken; empty when the user left the dialog. */
async function takeData(creation: Creation, editorText: string): Promise<string | undefined> {
  const { ui, l10n, draft, sources } = creation;
  switch (draft.dataChoice) {
    case 'none':
    case 'typed':
      draft.data = NO_DATA;
      return undefined;
    case 'editor':
      draft.data = Buffer.from(editorText, 'utf8');
      return problemOfSize(creation);
    case 'clipboard':
      draft.data = Buffer.from(await sources.readClipboard(), 'utf8');
      return problemOfSize(creation);
    case 'file': {
      const title = l10n.t('Data of {0}', draft.name);
      const file = await ui.pickFile({ title, action: l10n.t('Use as Data') }).catch(nothing);
      if (file === undefined) return '';
      try {
        draft.data = await sources.readFile(file, MAX_DATA_BYTES);
        return undefined;
      } catch (error) {
        return messageOf(error);
      }
    }
  }
}

export async function askTyped(creation: Creation): Promise<void> {
  const { ui, l10n, draft } = creation;
  draft.typed = await ui.input({
    ...questionOf(creation, 'typed'),
    prompt: l10n.t('Data of the znode, stored as UTF-8.'),
    value: draft.typed,
    validate: (text) => {
      draft.data = Buffer.from(text, 'utf8');
      return problemOfSize(creation);
    },
  });
  draft.data = Buffer.from(draft.typed, 'utf8');
}

export async function askAcl(creation: Creation): Promise<void> {
  const { ui, l10n, draft, parent } = creation;
  for (;;) {
    draft.aclChoice = await ui.pick<AclChoice>({
      ...questionOf(creation, 'acl'),
      placeholder: l10n.t('Choose who may read and change the znode.'),
      active: draft.aclChoice,
      items: [
        { label: l10n.t('Open'), detail: l10n.t('Anyone may do everything.'), value: 'open' },
        {
          label: l10n.t('Only the creator'),
          detail: l10n.t('Whoever has our credentials may do everything, others nothing.'),
          value: 'creator',
        },
        { label: l10n.t('Like the parent'), detail: parent.path, value: 'parent' },
        { label: l10n.t('Custom…'), detail: 'scheme:id:cdrwa', value: 'custom' },
      ],
    });
    const problem = await takeAcl(creation);
    if (problem === undefined) return;
    ui.notify({ severity: 'error', message: problem });
  }
}

async function takeAcl({ parent, draft, l10n }: Creation): Promise<string | undefined> {
  const { client } = parent.session;
  switch (draft.aclChoice) {
    case 'custom':
      return undefined;
    case 'open':
      draft.acl = OPEN_ACL;
      return undefined;
    case 'creator': {
      const who = await whoAmI(client);
      draft.acl = [{ scheme: 'auth', id: '', permissions: 31 }];
      return who === undefined || isAuthenticated(who)
        ? undefined
        : l10n.t('This connection has no credentials, so the server knows no creator. Edit it.');
    }
    case 'parent': {
      const { acl } = await client.getAcl(parent.path);
      draft.acl = acl;
      return isMasked(acl)
        ? l10n.t(
            'The server shows the access list of {0} only in part, so it cannot be copied.',
            parent.path,
          )
        : undefined;
    }
  }
}

export async function askAclText(creation: Creation): Promise<void> {
  const { ui, l10n, draft } = creation;
  draft.aclText = await ui.input({
    ...questionOf(creation, 'aclText'),
    prompt: l10n.t('Entries scheme:id:permissions, with commas between; permissions: c d r w a.'),
    placeholder: 'world:anyone:r,auth::cdrwa',
    value: draft.aclText,
    validate: (text) => {
      const acl = parseAcl(text);
      return 'kind' in acl ? describeAclProblem(acl, l10n) : undefined;
    },
  });
  const acl = parseAcl(draft.aclText);
  if (!('kind' in acl)) draft.acl = acl;
}

function problemOfSize({ draft, l10n }: Creation): string | undefined {
  const { length } = draft.data;
  return length <= MAX_DATA_BYTES
    ? undefined
    : l10n.t('The data has {0}, and a server takes 1 MB. Nothing was sent.', formatBytes(length));
}

function nothing(error: unknown): undefined {
  if (!(error instanceof Cancelled)) throw error;
  return undefined;
}
