import type { FromReportPage, ToReportPage } from '../../src/protocol/report';
import { connectHost } from '../shared/host';

/** What the page keeps over a reload of the window. */
export interface PageState {
  readonly uri: string;
  /** Ids of the tables that are open. */
  readonly open: readonly string[];
}

export const { tell, savedState, saveState, listen } = connectHost<
  FromReportPage,
  ToReportPage,
  PageState
>(['snapshot']);
