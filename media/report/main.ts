import type {
  ReportPlan,
  ReportProblems,
  ReportSnapshot,
  ReportStrings,
} from '../../src/protocol/report';
import { Disclosures } from '../shared/disclosure';
import { element } from '../shared/dom';
import { Tooltips } from '../shared/tooltip';
import { listen, saveState, savedState, tell } from './api';
import { Figures } from './figures';
import {
  adviceSection,
  barSections,
  caseSection,
  chainSection,
  curveSections,
  headline,
  place,
  restSections,
} from './sections';
import '../shared/page.css';
import './report.css';

const root = document.getElementById('report');
const tooltips = new Tooltips();
let uri = savedState()?.uri ?? '';
/** The last text that was a plan: who types goes through many that are none. */
let before: ReportPlan | undefined;
let lastTitle = '';
const disclosures = new Disclosures(savedState()?.open ?? [], save);

function save(): void {
  saveState({ uri, open: disclosures.saved });
}

function show(snapshot: ReportSnapshot): void {
  const { strings, outcome, title, file } = snapshot;
  uri = snapshot.uri;
  save();
  tooltips.hide();
  const focused = focusedName();
  const open = element('button', { type: 'button', className: 'secondary' }, strings.openPlan);
  open.addEventListener('click', () => tell({ type: 'openPlan' }));
  lastTitle = title || lastTitle || file;
  const heading = element('h1', {}, lastTitle);
  const head = element('header', {}, heading, element('p', { className: 'note' }, file), open);
  root?.replaceChildren(head, ...contentOf(snapshot));
  document.body.dataset['outcome'] = outcome.kind;
  // A new text is a new page: who was at a number stays at it.
  if (focused !== undefined) {
    root?.querySelector<HTMLElement>(`button.figure[data-name="${CSS.escape(focused)}"]`)?.focus();
  }
}

function contentOf({ strings, outcome }: ReportSnapshot): HTMLElement[] {
  if (outcome.kind === 'plan') {
    before = outcome;
    return planContent(outcome, strings);
  }
  const found = problems(outcome, strings);
  if (outcome.isInfeasible || !before) return [found];
  const note = element('p', { className: 'note' }, strings.before);
  return [found, note, ...planContent(before, strings)];
}

function planContent(plan: ReportPlan, strings: ReportStrings): HTMLElement[] {
  const openModel = (model: string): void => tell({ type: 'openModel', model });
  const figures = new Figures(plan, strings, tooltips, openModel);
  const parts = { plan, strings, figures, disclosures };
  return [
    headline(parts),
    ...curveSections(parts),
    ...barSections(parts),
    caseSection(parts),
    adviceSection(parts),
    chainSection(parts),
    ...restSections(parts),
  ];
}

/** Why there is no plan and the nearest change, big and first. */
function problems(
  { isInfeasible, problems: all }: ReportProblems,
  strings: ReportStrings,
): HTMLElement {
  const title = isInfeasible ? strings.infeasible : strings.broken;
  const items = all.map(({ where, message }) =>
    element(
      'li',
      {},
      ...(where === '' ? [] : [place(where, where, strings)]),
      element('p', {}, message),
    ),
  );
  const icon = element('span', { className: 'icon' }, '!');
  icon.setAttribute('aria-hidden', 'true');
  const made = element(
    'section',
    { className: isInfeasible ? 'infeasible' : 'broken' },
    element('h2', { className: 'verdict bad' }, icon, title),
    element('ul', { className: 'problems' }, ...items),
  );
  made.setAttribute('role', 'alert');
  return made;
}

const focusedName = (): string | undefined =>
  document.activeElement instanceof HTMLElement
    ? document.activeElement.dataset['name']
    : undefined;

listen(show);
tell({ type: 'ready' });
