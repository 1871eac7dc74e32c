/** The extension host as one page sees it. */
export interface Host<FromPage, ToPage, State> {
  readonly tell: (message: FromPage) => void;
  /** What the page keeps over a reload of the window. */
  readonly savedState: () => State | undefined;
  readonly saveState: (state: State) => void;
  readonly listen: (receive: (message: ToPage) => void) => void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/**
 * Connects a page, once. A window gets messages of others too: only those of the `types` that the
 * host sends are passed on.
 */
export function connectHost<FromPage, ToPage extends { readonly type: string }, State>(
  types: readonly ToPage['type'][],
): Host<FromPage, ToPage, State> {
  const api = acquireVsCodeApi();
  return {
    tell: (message) => api.postMessage(message),
    savedState: () => api.getState() as State | undefined,
    saveState: (state) => api.setState(state),
    listen(receive) {
      window.addEventListener('message', ({ data }: MessageEvent<ToPage | undefined>) => {
        if (data !== undefined && types.includes(data.type)) receive(data);
      });
    },
  };
}
