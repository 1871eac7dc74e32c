import { OPEN_ACL } from '../../domain/znode/acl';
import { isEphemeral } from '../../domain/znode/stat';
import { formatBytes } from '../../domain/znode/format';
import { askingFor, nameOfTarget, requireWritable } from '../target';
import { Cancelled, runSteps, type Step } from '../userInput';
import {
  isEphemeralMode,
  pathOf,
  stepAfter,
  type CreateDraft,
  type CreatePorts,
  type CreateStep,
  type Creation,
} from './createDraft';
import { askAcl, askAclText, askData, askMode, askName, askTtl, askTyped } from './createQuestions';
import { createZnode } from './createZnode';
import type { Subject } from './subject';
import { presenceOf, statOf } from '../../zk/presence';

/** Asks for a child of a znode and creates it. Throws `Cancelled` when the user leaves. */
export async function createChild(parent: Subject, ports: CreatePorts): Promise<void> {
  const { l10n } = ports;
  const { session, target } = parent;
  requireWritable(session.writer, target, l10n);
  const stat = statOf(await presenceOf(session.client, parent.path));
  if (stat && isEphemeral(stat)) {
    throw new Error(
      l10n.t('{0} is ephemeral, and ephemeral znodes cannot have children.', parent.path),
    );
  }
  const ui = askingFor(target, ports.ui, l10n);
  const creation: Creation = { ...ports, ui, parent, draft: newDraft() };
  await runSteps(stepsOf(creation).name);
  await confirm(creation);
  const path = await createZnode(creation);
  await ports.show(session.id, path, creation.draft.data.length > 0);
}

function newDraft(): CreateDraft {
  return {
    ...{ name: '', mode: 'persistent', ttl: '', typed: '', aclText: '' },
    around: { exists: false, missing: [], ephemeral: undefined },
    ...{ dataChoice: 'none', data: new Uint8Array(0) },
    ...{ aclChoice: 'open', acl: OPEN_ACL },
  };
}

function stepsOf(creation: Creation): Record<CreateStep, Step> {
  const plain = (name: CreateStep, ask: (creation: Creation) => Promise<void>): Step => {
    return async () => {
      await ask(creation);
      const next = stepAfter(creation, name);
      return next && steps[next];
    };
  };
  const steps: Record<CreateStep, Step> = {
    name: plain('name', askName),
    mode: plain('mode', askMode),
    ttl: plain('ttl', askTtl),
    data: plain('data', askData),
    typed: plain('typed', askTyped),
    acl: plain('acl', askAcl),
    aclText: plain('aclText', askAclText),
  };
  return steps;
}

/** Only where there is something to think over: all the rest was chosen a moment ago. */
async function confirm(creation: Creation): Promise<void> {
  const { ui, l10n, draft, parent } = creation;
  const { target } = parent;
  const { missing } = draft.around;
  if (missing.length === 0 && !isEphemeralMode(draft.mode) && !target.production) return;
  const lines = [l10n.t('Connection: {0}', nameOfTarget(target, l10n))];
  if (missing.length > 0) {
    lines.push(
      l10n.t(
        'Created on the way, persistent, without data, with the same access list: {0}',
        missing.join(', '),
      ),
    );
  }
  if (isEphemeralMode(draft.mode)) {
    lines.push(
      l10n.t('It is deleted as soon as this window disconnects, closes or loses its session.'),
    );
  }
  if (draft.data.length > 0) lines.push(l10n.t('Data: {0}', formatBytes(draft.data.length)));
  const agreed = await ui.confirm({
    message: l10n.t('Create {0}?', pathOf(creation)),
    detail: lines.join('\n'),
    action: l10n.t('Create'),
  });
  if (!agreed) throw new Cancelled();
}
