import type {
  DashboardNow,
  DashboardSnapshot,
  FromDashboardPage,
} from '../../src/protocol/dashboard';
import { element, labelled, setText } from '../shared/dom';
import { fill } from '../shared/text';
import type { NamedLine } from './charts';
import type { Span } from './series';

interface HeadActions {
  readonly tell: (message: FromDashboardPage) => void;
  readonly setSpan: (span: Span) => void;
  readonly toggle: (address: string) => void;
}

const SPANS: readonly Span[] = [5, 15, 60];

/** The title, what can be done, and which line is which server. */
export class Head {
  readonly element = element('header');
  private readonly title = element('h1');
  private readonly quorum = element('p', { className: 'quorum' });
  private readonly message = element('p', { className: 'message' });
  private readonly connect = element('button', { type: 'button', id: 'connect' });
  private readonly plan = element('p', { className: 'note' });
  private readonly pause = element('button', { type: 'button', id: 'pause' });
  private readonly choosePlan = element('button', { type: 'button', className: 'secondary' });
  private readonly exportCsv = element('button', { type: 'button', className: 'secondary' });
  private readonly help = element('button', { type: 'button', className: 'secondary' });
  private readonly span = element('select', { id: 'span' });
  private readonly spanText = element('span');
  private readonly legend = element('ul', { className: 'legend' });
  private isPaused = false;

  constructor(private readonly actions: HeadActions) {
    const { tell, setSpan } = actions;
    this.message.setAttribute('role', 'status');
    this.quorum.setAttribute('role', 'status');
    this.connect.addEventListener('click', () => tell({ type: 'connect' }));
    this.pause.addEventListener('click', () => tell({ type: 'pause', isPaused: !this.isPaused }));
    this.choosePlan.addEventListener('click', () => tell({ type: 'choosePlan' }));
    this.exportCsv.addEventListener('click', () => tell({ type: 'export' }));
    this.help.addEventListener('click', () => tell({ type: 'help' }));
    this.span.addEventListener('change', () => {
      setSpan(SPANS.find((one) => String(one) === this.span.value) ?? 15);
    });
    const row = element(
      'div',
      { className: 'controls' },
      this.pause,
      labelled(this.spanText, this.span),
      this.choosePlan,
      this.exportCsv,
      this.help,
    );
    const notice = element('div', { className: 'notice' }, this.message, this.connect);
    this.element.append(this.title, this.quorum, row, notice, this.plan, this.legend);
  }

  showTexts({ strings, title, plan }: DashboardSnapshot, span: Span): void {
    setText(this.title, title);
    setText(this.spanText, strings.span);
    setText(this.choosePlan, strings.choosePlan);
    setText(this.exportCsv, strings.exportCsv);
    setText(this.help, strings.help);
    setText(this.plan, plan);
    setText(this.connect, strings.connect);
    const texts: Record<Span, string> = {
      5: strings.span5,
      15: strings.span15,
      60: strings.span60,
    };
    if (this.span.options.length === 0) {
      this.span.append(
        ...SPANS.map((one) => element('option', { value: String(one) }, texts[one])),
      );
    }
    this.span.value = String(span);
  }

  show(
    { strings }: DashboardSnapshot,
    { servers, message, isPaused, quorum, hasQuorum, canConnect }: DashboardNow,
    lines: readonly NamedLine[],
  ): void {
    this.isPaused = isPaused;
    setText(this.pause, isPaused ? strings.resume : strings.pause);
    setText(this.message, message);
    setText(this.quorum, quorum);
    this.quorum.classList.toggle('lost', !hasQuorum);
    this.connect.hidden = !canConnect;
    if (this.legend.childElementCount !== servers.length) {
      this.legend.replaceChildren(...servers.map(({ address }) => this.entry(address)));
    }
    servers.forEach(({ label, role, isLeader, isPresent, address }, i) => {
      const entry = this.legend.children[i]?.firstElementChild;
      if (!(entry instanceof HTMLButtonElement)) return;
      const line = lines.find(({ server }) => server === i);
      entry.setAttribute('aria-pressed', String(line !== undefined));
      entry.title = fill(strings.hide, label);
      entry.dataset['address'] = address;
      entry.classList.toggle('absent', !isPresent);
      const [badge, name, state] = entry.children;
      if (!(badge instanceof HTMLElement) || !name || !state) return;
      setText(badge, line?.badge ?? String(i + 1));
      badge.style.borderColor = line?.colour ?? '';
      name.textContent = label;
      state.textContent = isLeader ? `★ ${role}` : role;
    });
  }

  private entry(address: string): HTMLLIElement {
    const parts = ['badge', 'name', 'role'].map((className) => element('span', { className }));
    const button = element('button', { type: 'button', className: 'server' }, ...parts);
    button.addEventListener('click', () => this.actions.toggle(address));
    return element('li', {}, button);
  }
}
