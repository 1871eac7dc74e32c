import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { Event } from '../../base/event';
import type { Band } from '../../domain/dashboard/bands';
import { csvOf } from '../../domain/dashboard/csv';
import { markersBetween } from '../../domain/dashboard/markers';
import { HOUR_MS, type Reading, packed, type Row, Rows } from '../../domain/dashboard/rows';
import type {
  DashboardMarker,
  DashboardNow,
  DashboardState,
  ToDashboardPage,
} from '../../protocol/dashboard';
import { quorumText, refusalText, serversNow } from './now';
import {
  dashboardCharts,
  dashboardStrings,
  markerText,
  percentileColumns,
  planText,
} from './strings';

/** What a dashboard needs of a sampler. */
export interface DashboardSource {
  readonly readings: readonly Reading[];
  readonly onDidSample: Event<Reading>;
  /** Keeps it sampling until the returned object is disposed. */
  hold(): Disposable;
}

/** What a plan says, and where it is from. */
export interface AttachedPlan {
  readonly uri: string;
  readonly file: string;
  readonly bands: readonly Band[];
  /** Why it has none. */
  readonly problem?: string;
}

export interface DashboardPorts {
  readonly connectionId: string;
  readonly name: string;
  /** Whether the connection still exists, open or not. */
  readonly isKnown: () => boolean;
  readonly intervalMs: () => number;
  readonly l10n: typeof vscode.l10n;
  readonly post: (message: ToDashboardPage) => void;
}

const MOST_MARKERS = 200;

/**
 * The last hour of one ensemble: follows its sampler while it is seen and not paused, keeps rows and
 * what happened, and tells its page, whoever shows it.
 */
export class DashboardController implements Disposable {
  private readonly rows = new Rows();
  private markers: readonly DashboardMarker[] = [];
  private source: DashboardSource | undefined;
  private subscription: Disposable | undefined;
  private holding: Disposable | undefined;
  private before: Reading | undefined;
  private plan: AttachedPlan | undefined;
  private isReady = false;
  private isVisible = true;
  private isPaused = false;

  constructor(private readonly ports: DashboardPorts) {}

  get csv(): string {
    return csvOf(this.rows, this.markers);
  }

  get state(): DashboardState {
    return { connectionId: this.ports.connectionId, planUri: this.plan?.uri ?? '' };
  }

  /** Follows another sampler: each connection that is opened has one of its own. */
  follow(source: DashboardSource | undefined): void {
    if (source === this.source) return;
    this.release();
    this.subscription?.dispose();
    this.source = source;
    for (const reading of source?.readings ?? []) this.learn(reading);
    this.subscription = source?.onDidSample((reading) => {
      const row = this.learn(reading);
      if (this.isReady && this.isVisible) this.ports.post({ type: 'step', row, now: this.now });
    });
    this.hold();
    this.show();
  }

  /** The page is there, and knows nothing yet. */
  ready(): void {
    this.isReady = true;
    this.show();
  }

  setVisible(isVisible: boolean): void {
    this.isVisible = isVisible;
    if (!isVisible) this.isReady = false; // a hidden page is gone, and says `ready` again
    this.hold();
  }

  setPaused(isPaused: boolean): void {
    this.isPaused = isPaused;
    this.hold();
    if (this.isReady) this.ports.post({ type: 'step', row: undefined, now: this.now });
  }

  attach(plan: AttachedPlan | undefined): void {
    this.plan = plan;
    this.show();
  }

  dispose(): void {
    this.isReady = false;
    this.subscription?.dispose();
    this.release();
    this.source = undefined;
  }

  /** Asks the servers only while somebody sees the answers. */
  private hold(): void {
    if (this.isVisible && !this.isPaused) this.holding ??= this.source?.hold();
    else this.release();
  }

  private release(): void {
    this.holding?.dispose();
    this.holding = undefined;
  }

  private learn(reading: Reading): Row | undefined {
    const row = this.rows.add(reading);
    if (row === undefined) return undefined;
    const { l10n } = this.ports;
    const found = markersBetween(this.before, reading).map((marker) => ({
      at: marker.at,
      text: markerText(marker, l10n),
    }));
    this.markers = [...this.markers, ...found]
      .filter(({ at }) => at >= row.at - HOUR_MS)
      .slice(-MOST_MARKERS);
    this.before = reading;
    return row;
  }

  private get now(): DashboardNow {
    const { l10n, name } = this.ports;
    const message =
      this.source === undefined
        ? l10n.t('{0} is not connected: this is not current.', name)
        : this.isPaused
          ? l10n.t('Paused: the servers are not asked.')
          : refusalText(this.before?.sample, l10n);
    const sample = this.source && this.before?.sample;
    return {
      ...quorumText(sample, l10n),
      servers: serversNow(this.rows.servers, this.before?.sample, l10n),
      markers: this.markers,
      message,
      isPaused: this.isPaused,
      canConnect: this.source === undefined && this.ports.isKnown(),
    };
  }

  private show(): void {
    if (!this.isReady) return;
    const { l10n, name, intervalMs } = this.ports;
    this.ports.post({
      type: 'snapshot',
      strings: dashboardStrings(l10n),
      title: l10n.t('Ensemble of {0}', name),
      state: this.state,
      charts: dashboardCharts(l10n),
      percentileColumns: percentileColumns(l10n),
      intervalMs: intervalMs(),
      rows: packed(this.rows.all),
      bands: this.plan?.bands ?? [],
      plan: planText(this.plan, l10n),
      now: this.now,
    });
  }
}
