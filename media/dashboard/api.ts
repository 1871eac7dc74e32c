import type {
  DashboardState,
  FromDashboardPage,
  ToDashboardPage,
} from '../../src/protocol/dashboard';
import { connectHost } from '../shared/host';
import type { Span } from './series';

/** What the page keeps over a reload of the window. */
export interface PageState extends DashboardState {
  readonly span: Span;
  /** Addresses of the servers whose lines are hidden. */
  readonly hidden: readonly string[];
  readonly colours: readonly (readonly [address: string, colour: number])[];
  readonly open: readonly string[];
}

export const { tell, savedState, saveState, listen } = connectHost<
  FromDashboardPage,
  ToDashboardPage,
  PageState
>(['snapshot', 'step']);
