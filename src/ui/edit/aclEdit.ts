import type * as vscode from 'vscode';
import { PERMISSIONS, type AclEntry } from '../../domain/znode/acl';
import { formatAclEntry, problemOfEntry, sameAcl } from '../../domain/znode/aclText';
import { displayName } from '../../domain/znode/displayName';
import { digestId } from '../../zk/edit/digestId';
import { isAuthenticated } from '../../zk/edit/lockout';
import type { Identity } from '../../zk/edit/permission';
import { pickSome } from '../pickSome';
import { WentBack, type PickItem, type UserInput } from '../userInput';
import { describeAclProblem } from './aclProblemText';
import { describePermissions, describeWho, permissionItems } from './aclEntryText';

type L10n = typeof vscode.l10n;

export interface AclEditing {
  readonly ui: UserInput;
  readonly l10n: L10n;
  readonly title: string;
  /** What the server has. */
  readonly before: readonly AclEntry[];
  /** Why it can't be changed; undefined when it may be. */
  readonly fixed: string | undefined;
  readonly who: readonly Identity[] | undefined;
}

export type AclDecision =
  | { readonly kind: 'save' | 'saveBelow'; readonly acl: readonly AclEntry[] }
  | { readonly kind: 'closed' };

type Choice = AclEntry | 'add' | 'save' | 'saveBelow' | 'fixed';

/** Shows the entries and lets the user change them, until it is decided what to do with them. */
export async function editEntries(editing: AclEditing): Promise<AclDecision> {
  const { ui, l10n, title, before, fixed } = editing;
  let acl: readonly AclEntry[] = before;
  for (;;) {
    const choice = await ui.pick<Choice>({
      title,
      placeholder:
        fixed === undefined
          ? l10n.t('Choose an entry to change or remove it.')
          : l10n.t('Who may do what.'),
      items: [...acl.map((entry) => entryItem(entry, l10n)), ...actionItems(editing, acl)],
    });
    if (choice === 'save' || choice === 'saveBelow') return { kind: choice, acl };
    if (choice === 'fixed') return { kind: 'closed' };
    if (fixed !== undefined) continue;
    try {
      acl =
        choice === 'add' ? await addEntry(editing, acl) : await changeEntry(editing, acl, choice);
    } catch (error) {
      if (!(error instanceof WentBack)) throw error;
    }
  }
}

function entryItem(entry: AclEntry, l10n: L10n): PickItem<Choice> {
  return {
    label: describeWho(entry, l10n),
    description: describePermissions(entry.permissions, l10n),
    detail: displayName(formatAclEntry(entry)),
    icon: entry.scheme === 'world' ? 'globe' : 'person',
    value: entry,
  };
}

function actionItems(editing: AclEditing, acl: readonly AclEntry[]): PickItem<Choice>[] {
  const { l10n, before, fixed } = editing;
  if (fixed !== undefined) return [{ label: fixed, icon: 'lock', value: 'fixed' }];
  const add: PickItem<Choice> = { label: l10n.t('Add an entry…'), icon: 'add', value: 'add' };
  const below: PickItem<Choice> = {
    label: l10n.t('Use for this znode and all below it…'),
    detail: l10n.t('What would change is counted first.'),
    icon: 'list-tree',
    value: 'saveBelow',
  };
  if (acl.length === 0) return [add];
  if (sameAcl(acl, before)) return [add, below];
  return [add, { label: l10n.t('Save'), icon: 'save', value: 'save' }, below];
}

async function changeEntry(
  editing: AclEditing,
  acl: readonly AclEntry[],
  entry: AclEntry,
): Promise<readonly AclEntry[]> {
  const { ui, l10n } = editing;
  const choice = await ui.pick<'permissions' | 'remove'>({
    ...step(editing, 2),
    placeholder: l10n.t(
      '{0} may: {1}',
      describeWho(entry, l10n),
      describePermissions(entry.permissions, l10n),
    ),
    items: [
      { label: l10n.t('Change the permissions…'), icon: 'edit', value: 'permissions' },
      { label: l10n.t('Remove the entry'), icon: 'trash', value: 'remove' },
    ],
  });
  if (choice === 'remove') return acl.filter((other) => other !== entry);
  const permissions = await askPermissions(editing, entry, 3);
  return acl.map((other) => (other === entry ? { ...entry, permissions } : other));
}

type Kind = 'world' | 'auth' | 'password' | 'hash' | 'ip' | 'sasl' | 'x509';

async function addEntry(
  editing: AclEditing,
  acl: readonly AclEntry[],
): Promise<readonly AclEntry[]> {
  const { ui, l10n, who } = editing;
  const kinds: PickItem<Kind>[] = [
    { label: l10n.t('Anyone'), detail: 'world:anyone', value: 'world' },
    { label: l10n.t('Whoever is connected now'), detail: 'auth', value: 'auth' },
    { label: l10n.t('A user with a password…'), detail: 'digest', value: 'password' },
    { label: l10n.t('A user with the hash of the password…'), detail: 'digest', value: 'hash' },
    { label: l10n.t('An address or a network…'), detail: 'ip', value: 'ip' },
    { label: l10n.t('A SASL user…'), detail: 'sasl', value: 'sasl' },
    { label: l10n.t('A client certificate…'), detail: 'x509', value: 'x509' },
  ];
  const isNobody = who !== undefined && !isAuthenticated(who);
  const kind = await ui.pick<Kind>({
    ...step(editing, 2),
    placeholder: l10n.t('Whom is the entry for?'),
    items: isNobody ? kinds.filter(({ value }) => value !== 'auth') : kinds,
  });
  const id = await askId(editing, kind);
  const scheme = kind === 'password' || kind === 'hash' ? 'digest' : kind;
  const twin = acl.find((entry) => entry.scheme === scheme && entry.id === id);
  const entry = twin ?? { scheme, id, permissions: PERMISSIONS.read };
  const permissions = await askPermissions(editing, entry, 4);
  return [...acl.filter((other) => other !== twin), { ...entry, permissions }];
}

async function askId(editing: AclEditing, kind: Kind): Promise<string> {
  const { ui, l10n } = editing;
  const question = step(editing, 3);
  const check = (scheme: string) => (id: string) => {
    const problem = problemOfEntry({ scheme, id, permissions: PERMISSIONS.read });
    return problem && describeAclProblem(problem, l10n);
  };
  switch (kind) {
    case 'world':
      return 'anyone';
    case 'auth':
      return '';
    case 'hash':
      return ui.input({ ...question, prompt: l10n.t('user:hash'), validate: check('digest') });
    case 'ip':
      return ui.input({
        ...question,
        prompt: l10n.t('An IP address, or a network such as 10.1.0.0/16.'),
        validate: check('ip'),
      });
    case 'sasl':
      return ui.input({ ...question, prompt: l10n.t('The SASL user.'), validate: check('sasl') });
    case 'x509':
      return ui.input({
        ...question,
        prompt: l10n.t('The subject of the certificate, such as CN=client,O=Example.'),
        validate: check('x509'),
      });
    case 'password': {
      const user = await ui.input({
        ...question,
        prompt: l10n.t('The user.'),
        validate: (text) =>
          text === '' || text.includes(':') ? l10n.t('Enter a user without a colon.') : undefined,
      });
      const password = await ui.input({
        ...question,
        prompt: l10n.t('The password of {0}. Only its hash is sent.', user),
        password: true,
        validate: (text) => (text === '' ? l10n.t('Enter the password.') : undefined),
      });
      return digestId(user, password);
    }
  }
}

async function askPermissions(editing: AclEditing, entry: AclEntry, at: number): Promise<number> {
  const { ui, l10n } = editing;
  const items = permissionItems(l10n);
  const question = {
    ...step(editing, at),
    placeholder: l10n.t('What may {0} do?', describeWho(entry, l10n)),
    items,
    chosen: items.map(({ value }) => value).filter((bit) => (entry.permissions & bit) !== 0),
  };
  const hint = l10n.t('Choose at least one permission, or remove the entry instead.');
  const bits = await pickSome(ui, question, hint);
  return bits.reduce((all, bit) => all | bit, 0);
}

/** From the second step on there is a way back to the list. */
function step({ title }: AclEditing, at: number) {
  return { title, step: at, totalSteps: 4 };
}
