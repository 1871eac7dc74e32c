import type * as vscode from 'vscode';
import type { Preset } from '../../domain/placement/types';
import type { RingStrings } from '../../protocol/ringStrings';
import type { Verdict } from './compute';

type Translate = Pick<typeof vscode.l10n, 't'>;

/** All texts of the page. */
export function ringStrings({ t }: Translate): RingStrings {
  return {
    ring: t('Hash ring'),
    layout: t('Layout of the children'),
    preset: t('Placement'),
    options: t('Options'),
    servers: t('Servers'),
    server: t('Server'),
    share: t('Share'),
    fair: t('Fair share'),
    ratio: t('Share / fair'),
    weight: t('Weight'),
    zone: t('Zone'),
    state: t('State'),
    keys: t('Keys'),
    key: t('Key'),
    keyHint: t('Type a key to see where it lands'),
    keyList: t('Keys, one on a line'),
    keyListHint: t('Paste keys here'),
    hash: t('Hash'),
    owner: t('Owner'),
    movesTo: t('Moves to'),
    events: t('Events'),
    noEvents: t('No server joined or left since this was opened.'),
    moved: t('{0} moved'),
    warnings: t('Good to know'),
    problems: t('Not usable'),
    whatIf: t('What if'),
    whatIfHint: t('Tried on the picture only: nothing is written to ZooKeeper.'),
    remove: t('Try without {0}'),
    restore: t('Take {0} back'),
    add: t('Add'),
    addHint: t('One more server, as host:port'),
    reset: t('Reset'),
    whatIfPreset: t('Other placement'),
    samePreset: t('The same'),
    before: t('Now'),
    after: t('After'),
    gain: t('Gains'),
    loss: t('Loses'),
    movedExact: t('{0} of the hash space moves (exact)'),
    movedAbout: t('{0} ± {1} of keys move (estimated)'),
    virtualNodes: t('{0} servers, {1} virtual nodes'),
    maxMean: t('max / mean {0}'),
    needle: t('Point on the ring'),
    needleHelp: t('Arrow keys go from arc to arc, Page Up and Page Down further.'),
    nobody: t('nobody'),
    pictureOf: t('Hash ring of {0} servers; the busiest has {1} times its fair share.'),
    keysMoved: t('{0} keys, {1} of them move'),
    moreKeys: t('{0} more keys are counted but not listed.'),
    outerInner: t('Outside now, inside after; between them what moves.'),
    cells: t('{0} servers, {1} cells'),
    cell: t('Cell'),
    nothing: t('Nothing to draw yet.'),
  };
}

/** Where a ring stops being even: above 25 % more than the mean one plans for it. */
export function verdictOf({ t }: Translate): Verdict {
  return (maxOverMean) => {
    if (maxOverMean <= 1.05) return t('even');
    if (maxOverMean <= 1.25) return t('fairly even');
    return maxOverMean <= 1.6 ? t('uneven') : t('very uneven');
  };
}

/** What a preset was checked against. */
export function presetNote({ program, version, status }: Preset, { t }: Translate): string {
  const name = version === '' ? program : `${program} ${version}`;
  switch (status) {
    case 'proved':
      return t('Verified against the running program: {0}.', name);
    case 'publishedVectors':
      return t('Verified against published test values: {0}.', name);
    case 'experimental':
      return t('Experimental: taken from source or definition, not compared with {0}.', name);
  }
}
