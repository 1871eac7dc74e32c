import type { Unit } from '../domain/capacity/result';
import type { Band } from '../domain/dashboard/bands';
import type { ChartId } from '../domain/dashboard/charts';
import type { PackedRows, Row } from '../domain/dashboard/rows';

export interface DashboardChart {
  readonly id: ChartId;
  readonly title: string;
  readonly unit: Unit;
  /** How the values come about. */
  readonly hint: string;
  /** Whether there is a line for the whole ensemble. */
  readonly hasTotal: boolean;
}

/** A server as it is now. */
export interface DashboardServer {
  readonly address: string;
  /** As it may be shown: deceptive characters escaped, cut. */
  readonly label: string;
  readonly role: string;
  readonly isLeader: boolean;
  /** Whether it answered the last time. */
  readonly isPresent: boolean;
  /** Texts in the order of `percentileColumns`; empty for what the server does not say. */
  readonly percentiles: readonly string[];
}

/** Something that happened, as a line through all charts. */
export interface DashboardMarker {
  readonly at: number;
  readonly text: string;
}

/** What changes with each sample, beside the rows. */
export interface DashboardNow {
  /** How the ensemble stands as a whole; empty while nobody knows. */
  readonly quorum: string;
  readonly hasQuorum: boolean;
  readonly servers: readonly DashboardServer[];
  readonly markers: readonly DashboardMarker[];
  /** Why there is nothing, or nothing current, to see. */
  readonly message: string;
  readonly isPaused: boolean;
  /** There is a connection to open. */
  readonly canConnect: boolean;
}

/** All that the page shows; `rows` replace those that it has. */
export interface DashboardSnapshot {
  readonly type: 'snapshot';
  readonly strings: DashboardStrings;
  readonly title: string;
  readonly state: DashboardState;
  readonly charts: readonly DashboardChart[];
  readonly percentileColumns: readonly string[];
  readonly intervalMs: number;
  readonly rows: PackedRows;
  readonly bands: readonly Band[];
  /** Where the bands are from, or why there are none; empty without a plan. */
  readonly plan: string;
  readonly now: DashboardNow;
}

/** One row more. */
export interface DashboardStep {
  readonly type: 'step';
  readonly row: Row | undefined;
  readonly now: DashboardNow;
}

/** What the page keeps over a reload of the window. */
export interface DashboardState {
  readonly connectionId: string;
  /** The document of the attached plan. */
  readonly planUri: string;
}

export type ToDashboardPage = DashboardSnapshot | DashboardStep;

export type FromDashboardPage =
  | { readonly type: 'ready' }
  | { readonly type: 'pause'; readonly isPaused: boolean }
  | { readonly type: 'connect' }
  | { readonly type: 'choosePlan' }
  | { readonly type: 'export' }
  /** Opens the page that says how the numbers come about. */
  | { readonly type: 'help' };

/** Every text of the page, translated by the host; {0}, {1} are filled by the page. */
export type DashboardStrings = Readonly<
  Record<
    | 'connect'
    | 'pause'
    | 'resume'
    | 'choosePlan'
    | 'exportCsv'
    | 'help'
    | 'span'
    | 'span5'
    | 'span15'
    | 'span60'
    | 'server'
    | 'role'
    | 'all'
    | 'hide'
    | 'planned'
    | 'limit'
    | 'probe'
    | 'unknown'
    | 'noValues'
    | 'incomplete'
    | 'waiting'
    | 'events'
    | 'noEvents'
    | 'percentiles'
    | 'percentilesHint'
    | 'latest'
    | 'at',
    string
  >
>;
