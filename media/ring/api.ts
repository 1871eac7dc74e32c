import type { RingChoices } from '../../src/domain/ring/choices';
import type { FromRingPage, ToRingPage } from '../../src/protocol/ring';

/** What the page keeps over a reload of the window. */
export interface PageState {
  readonly choices: RingChoices;
  readonly typed: string;
  /** Which colour each server has, so that it keeps it. */
  readonly colours: readonly (readonly [address: string, colour: number])[];
}

interface VsCodeApi {
  postMessage(message: FromRingPage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const host = acquireVsCodeApi();

export const tell = (message: FromRingPage): void => host.postMessage(message);
export const savedState = (): PageState | undefined => host.getState();
export const saveState = (state: PageState): void => host.setState(state);

/** Listens to the host; nobody else may post here, but a window gets messages of others too. */
export function listen(receive: (message: ToRingPage) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<ToRingPage | undefined>) => {
    if (data?.type === 'snapshot' || data?.type === 'keys') receive(data);
  });
}
