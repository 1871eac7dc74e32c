import { startsAnew } from '../domain/config/voterStep';
import type { WriteNote } from '../domain/config/written';

/** What whoever wrote the files must know, in one line. */
export function noteText(note: WriteNote): string {
  if (note.kind === 'listKept') {
    return `${note.path} has groups or weights: its list of servers stays as it is`;
  }
  if (note.kind === 'listChanged') {
    return `${note.path} has other servers than before: change them one at a time, by the runbook in PLAN.md`;
  }
  const { path, before, voters, planned } = note;
  return [
    voters === planned
      ? `${path} goes from ${before} to ${voters} voters: apply it only where the file with ${before} was applied and all are in sync`
      : `${path} has ${voters} voters on the way to ${planned}, since two at once could elect two leaders: ` +
        'apply it, wait until all are in sync, then write the files again',
    ...(startsAnew(note)
      ? ['stop the one server that has the data before, so that both start with the list of two']
      : []),
    ...(voters < before
      ? [
          'the removed server keeps its volumes or claims, and compose ends it with --remove-orphans',
        ]
      : []),
  ].join('; ');
}
