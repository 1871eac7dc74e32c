import { isEphemeral } from '../../domain/znode/stat';
import { isWithin, lineage, ROOT } from '../../domain/znode/path';
import { presenceOf, statOf } from '../../zk/presence';
import { pathOf, type Creation, type Surroundings } from './createDraft';

/** Looks what is on the way from the parent down to the new znode. */
export async function lookAround(creation: Creation): Promise<Surroundings> {
  const { parent, ui, l10n, draft } = creation;
  const { client } = parent.session;
  const path = pathOf(creation);
  const way = lineage(path).filter((at) => isWithin(at, parent.path));
  const found = await ui.progress(
    {
      title: l10n.t('Create Below {0}', parent.path),
      message: l10n.t('Looking for {0}', draft.name),
      detail: l10n.t('Press Escape to stop.'),
    },
    (signal) => Promise.all(way.map((at) => presenceOf(client, at, { signal }))),
  );
  const above = way.slice(0, -1);
  return {
    exists: found.at(-1) !== undefined,
    // A chroot that is missing is not made here: the request says so.
    missing: above.filter((at, index) => at !== ROOT && found[index] === undefined),
    ephemeral: above.find((_, index) => {
      const stat = statOf(found[index]);
      return stat !== undefined && isEphemeral(stat);
    }),
  };
}
