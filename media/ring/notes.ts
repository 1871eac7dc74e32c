import { select } from 'd3';
import type { RingSnapshot } from '../../src/protocol/ring';
import { element, setText } from '../shared/dom';
import { fill } from '../shared/text';
import { bandsText, percent } from './numbers';

/** Title and message, and what is said in lists: warnings, problems, events. */
export class Notes {
  readonly title = element('h1');
  readonly source = element('p', { className: 'note source' });
  readonly message = element('p', { className: 'message' });
  readonly servers = element('h2');
  readonly bands = element('p', { className: 'note bands' });
  readonly notes = element('section', { className: 'notes' });
  readonly events = element('section', { className: 'events' });
  private readonly eventsTitle = element('h2');
  private readonly noEvents = element('p', { className: 'note' });
  private readonly eventList = element('ol', { tabIndex: 0 });
  private readonly lists = [0, 1].map(() => ({ title: element('h2'), list: element('ul') }));

  constructor() {
    this.message.setAttribute('role', 'status');
    this.eventList.setAttribute('aria-live', 'polite');
    for (const { title, list } of this.lists) this.notes.append(title, list);
    this.events.append(this.eventsTitle, this.noEvents, this.eventList);
  }

  show(snapshot: RingSnapshot): void {
    const { strings, title, source, message, warnings, problems, events } = snapshot;
    setText(this.title, title);
    setText(this.source, source === title ? '' : source);
    setText(this.message, message);
    setText(this.servers, strings.servers);
    setText(this.bands, bandsText(snapshot));
    const texts = warnings.map((warning) => warning.message);
    this.showList(0, strings.warnings, texts);
    this.showList(1, strings.problems, problems);
    this.notes.classList.toggle('hidden', texts.length + problems.length === 0);
    setText(this.eventsTitle, strings.events);
    this.eventList.setAttribute('aria-label', strings.events);
    this.eventList.classList.toggle('hidden', events.length === 0);
    setText(this.noEvents, events.length === 0 ? strings.noEvents : '');
    select(this.eventList)
      .selectAll('li')
      .data(events, (_, i) => String(events.length - i))
      .join((enter) => enter.insert('li', ':first-child'))
      .order()
      .text(({ time, text, moved, of }) => {
        const clock = new Date(time).toLocaleTimeString();
        const what = of === 'keys' ? strings.keysOfEventMoved : strings.moved;
        return `${clock} ${text}, ${fill(what, percent(moved))}`;
      });
  }

  private showList(index: number, heading: string, texts: readonly string[]): void {
    const target = this.lists[index];
    if (!target) return;
    setText(target.title, texts.length === 0 ? '' : heading);
    target.title.classList.toggle('hidden', texts.length === 0);
    select(target.list)
      .selectAll('li')
      .data(texts)
      .join('li')
      .text((text) => text);
  }
}

export interface Arrangement {
  readonly root: HTMLElement | null;
  readonly notes: Notes;
  readonly controls: HTMLElement;
  readonly picture: readonly HTMLElement[];
  readonly servers: HTMLElement;
  readonly panels: Readonly<Record<'whatIf' | 'keys' | 'compare' | 'adjust' | 'save', HTMLElement>>;
}

/** Puts everything in its place: the picture stays in sight beside what belongs to it. */
export function arrange({ root, notes, controls, picture, servers, panels }: Arrangement): void {
  const column = (name: string, ...children: HTMLElement[]): HTMLElement =>
    element('div', { className: name }, ...children);
  const serverSection = element('section', { className: 'server-list' }, notes.servers, servers);
  root?.append(
    element('header', {}, notes.title, notes.source, controls, notes.message),
    column(
      'columns',
      column(
        'left',
        element('section', { className: 'picture' }, ...picture, notes.bands),
        notes.notes,
        notes.events,
      ),
      column('right', serverSection, panels.whatIf, panels.keys, panels.adjust),
    ),
    panels.compare,
    panels.save,
  );
}
