import type { ClientFactory } from './client';

/**
 * Loads the client's code, the largest part of the extension, when the first connection is opened.
 * `create` makes clients once `load` has resolved.
 */
export class ClientLoader {
  private factory: ClientFactory | undefined;

  readonly create: ClientFactory = (options) => {
    if (!this.factory) throw new Error('the client is made before it is loaded');
    return this.factory(options);
  };

  async load(): Promise<void> {
    this.factory ??= (await import('./nodeClient')).createNodeClient;
  }
}
