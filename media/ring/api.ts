import type { RingChoices } from '../../src/domain/ring/choices';
import type { FromRingPage, ToRingPage } from '../../src/protocol/ring';
import { connectHost } from '../shared/host';

/** What the page keeps over a reload of the window. */
export interface PageState {
  readonly choices: RingChoices;
  readonly typed: string;
  /** Which colour each server has, so that it keeps it. */
  readonly colours: readonly (readonly [address: string, colour: number])[];
}

export const { tell, savedState, saveState, listen } = connectHost<
  FromRingPage,
  ToRingPage,
  PageState
>(['snapshot', 'keys', 'keyList', 'comparison', 'render']);
