import type * as vscode from 'vscode';
import type { Preset } from '../../domain/placement/types';
import type { RingStrings } from '../../protocol/ringStrings';
import type { Verdict } from './compute';

type Translate = Pick<typeof vscode.l10n, 't'>;

/** All texts of the page. */
export function ringStrings({ t }: Translate): RingStrings {
  return {
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
    moved: t('{0} of the hash space moved'),
    keysOfEventMoved: t('{0} of keys moved'),
    warnings: t('Good to know'),
    problems: t('Not usable'),
    whatIf: t('What if'),
    whatIfHint: t('Tried on the picture only: nothing is written to ZooKeeper.'),
    remove: t('Try without {0}'),
    restore: t('Take {0} back'),
    add: t('Add'),
    addHint: t('One more server'),
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
    needle: t('Point of the picture'),
    needleHelp: t(
      'Arrow keys go from arc to arc, Page Up and Page Down further. Plus and minus zoom, Z shows one arc, 0 the whole ring, Enter chooses the server.',
    ),
    nobody: t('nobody'),
    keysMoved: t('{0} keys, {1} of them move'),
    outerInner: t(
      'Outside: now. Inside: under the what-if. Hatched between them: what moves, from → to.',
    ),
    aboveBelow: t('Above: now. Below: under the what-if, what stays in paler colours.'),
    cells: t('{0} servers, {1} cells'),
    cell: t('Cell'),
    moreServers: t('{0} more'),
    serverCount: t('{0} servers'),
    virtualNode: t('virtual node {0} at {1}'),
    arc: t('arc'),
    needleHint: t('Point at the picture, or move along it with the arrow keys.'),
    zoomIn: t('Zoom in'),
    zoomOut: t('Zoom out'),
    wholeRing: t('Whole ring'),
    arcsShown: t('{0} arcs in sight'),
    serversCaption: t('Servers by their share, the greatest first'),
    load: t('Load'),
    utilisation: t('Utilisation ρ'),
    keyShare: t('Share of keys'),
    hashSpace: t('Hash space'),
    keysMaxMean: t('of keys {0}'),
    keysCaption: t('Keys with their owners'),
    keysTotal: t('{0} keys'),
    keysOf: t('{0} of {1}'),
    keysMatching: t('{0} shown'),
    filterKeys: t('Keys that contain'),
    onlyMoved: t('Only keys that move'),
    replicas: t('Replicas'),
    distinctZones: t('In different zones'),
    keySource: t('More keys'),
    keysFrom_none: t('None'),
    keysFrom_pattern: t('From a pattern'),
    keysFrom_list: t('Typed or pasted'),
    keysFrom_other: t('As chosen'),
    keysFrom_editor: t('From the editor'),
    keysFrom_file: t('From a file…'),
    keysFrom_znode: t('From a znode…'),
    keyPattern: t('Pattern'),
    popularity: t('Zipf exponent'),
    removeServer: t('Remove'),
    drainServer: t('Drain'),
    setWeight: t('Set'),
    loseZone: t('Lose it'),
    whatIfOptions: t('Options under the what-if'),
    triedRemoved: t('without {0}'),
    triedAdded: t('with {0}'),
    triedDrained: t('{0} drained'),
    triedWeight: t('{0} with weight {1}'),
    triedZone: t('without zone {0}'),
    measure: t('Measure'),
    beforeAfter: t('The ring now and under the what-if'),
    points: t('Virtual nodes or cells'),
    maxMeanTitle: t('max / mean'),
    variation: t('Variation'),
    verdict: t('Verdict'),
    mostKeys: t('Most keys of one server'),
    mostLost: t('Loses most'),
    mostGained: t('Gains most'),
    compare: t('Compare strategies'),
    compareHint: t(
      'The same servers and keys under every placement that suits them, and beside it assignment by request.',
    ),
    compareNow: t('Compare'),
    compareCaption: t('Placements by how even they are, the most even first'),
    comparedKeys: t('{0} keys placed by each.'),
    comparedShares: t('Shares of the hash space: give keys to compare those.'),
    strategy: t('Strategy'),
    joinMoves: t('One joins: moves'),
    leaveMoves: t('{0} leaves: moves'),
    lookup: t('Lookup'),
    requestBased: t('by request'),
    comparisonOnly: t('for comparison only'),
    adjust: t('Adjust to load'),
    adjustHint: t(
      'What each server really has to do, beside what the ring expects of it. Suggested weights are tried as a what-if.',
    ),
    loadLines: t('Observed load, a server and a number on each line'),
    loadFromCsv: t('From a CSV file…'),
    loadFromField: t('From a field of the znodes…'),
    suggestWeights: t('Suggest weights'),
    rate_arrivals: t('Requests/s λ'),
    rate_parallel: t('At a time c'),
    rate_service: t('Each/s μ'),
    save: t('Copy and save'),
    save_copy: t('Copy as PNG'),
    save_png: t('PNG…'),
    save_svg: t('SVG…'),
    save_placement: t('Placement as CSV or JSON…'),
    save_moves: t('Moves as CSV or JSON…'),
    save_ring: t('Save Ring As…'),
    save_pool: t('Configuration of {0}…'),
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
