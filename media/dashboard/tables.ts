import { valueAt, type Row } from '../../src/domain/dashboard/rows';
import type { DashboardNow, DashboardSnapshot } from '../../src/protocol/dashboard';
import type { Disclosures } from '../shared/disclosure';
import { element, setText } from '../shared/dom';
import { fill } from '../shared/text';
import { table } from '../shared/table';
import { clock } from './clock';
import { fullText } from './values';

/** What happened, the values as a table, and the percentiles: below the pictures. */
export class Tables {
  readonly element = element('div', { className: 'tables' });
  private readonly events = element('ol', { className: 'events', tabIndex: 0 });
  private readonly none = element('p', { className: 'note' });
  private readonly latest = element('div');
  private readonly percentiles = element('div');

  constructor(
    private readonly snapshot: DashboardSnapshot,
    disclosures: Disclosures,
  ) {
    const { strings } = snapshot;
    this.events.setAttribute('aria-label', strings.events);
    const hint = element('p', { className: 'note' }, strings.percentilesHint);
    this.element.append(
      element('section', {}, element('h2', {}, strings.events), this.none, this.events),
      disclosures.make('latest', strings.latest, () => this.latest),
      disclosures.make('percentiles', strings.percentiles, () =>
        element('div', {}, hint, this.percentiles),
      ),
    );
  }

  show(now: DashboardNow, row: Row | undefined): void {
    const { strings } = this.snapshot;
    const { markers } = now;
    setText(this.none, markers.length === 0 ? strings.noEvents : '');
    const texts = markers.map(({ at, text }) => `${clock(new Date(at))} ${text}`);
    const shown = [...texts].reverse();
    if (
      this.events.childElementCount !== shown.length ||
      this.events.textContent !== shown.join('')
    ) {
      this.events.replaceChildren(...shown.map((text) => element('li', {}, text)));
    }
    if (this.latest.isConnected) this.latest.replaceChildren(this.latestTable(now, row));
    if (this.percentiles.isConnected) this.percentiles.replaceChildren(this.percentileTable(now));
  }

  private latestTable({ servers }: DashboardNow, row: Row | undefined): HTMLElement {
    const { strings, charts } = this.snapshot;
    const columns = [strings.server, strings.role, ...charts.map(({ title }) => title)];
    const rows = servers.map(({ label, role }, server) => [
      label,
      role,
      ...charts.map(({ unit }, chart) => {
        const value = row ? valueAt(row, chart, server) : NaN;
        return Number.isNaN(value) ? strings.unknown : fullText(value, unit);
      }),
    ]);
    const time = row === undefined ? '' : clock(new Date(row.at));
    return table(columns, rows, fill(strings.at, time));
  }

  private percentileTable({ servers }: DashboardNow): HTMLElement {
    const { strings, percentileColumns } = this.snapshot;
    const rows = servers.map(({ label, percentiles }) => [
      label,
      ...percentileColumns.map((_, i) => textOr(percentiles[i], strings.unknown)),
    ]);
    return table([strings.server, ...percentileColumns], rows, strings.percentiles);
  }
}

const textOr = (text: string | undefined, other: string): string =>
  text === undefined || text === '' ? other : text;
