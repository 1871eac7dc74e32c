import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import type { Session, Sessions } from '../sessions';
import { type EnsembleSampler, LiveSampler } from './sampler';

export interface SamplersOptions {
  readonly sessions: Pick<Sessions, 'get' | 'onDidChange'>;
  readonly adminPort: () => number;
  readonly intervalMs: () => number;
  readonly logger: Logger;
}

/** One sampler for each open connection, shared by whoever looks at it. */
export class EnsembleSamplers implements Disposable {
  private readonly store = new DisposableStore();
  private readonly byId = new Map<string, { session: Session; sampler: LiveSampler }>();

  constructor(private readonly options: SamplersOptions) {
    this.store.add(options.sessions.onDidChange((id) => this.drop(id)));
  }

  /** The sampler of a connection; undefined when that isn't open. It ends with the connection. */
  of(connectionId: string): EnsembleSampler | undefined {
    const session = this.options.sessions.get(connectionId);
    if (!session) return undefined;
    const known = this.byId.get(connectionId);
    if (known?.session === session) return known.sampler;
    const { adminPort, intervalMs, logger } = this.options;
    const { client, options: reach } = session;
    const sampler = new LiveSampler({ connectionId, client, reach, adminPort, intervalMs, logger });
    this.byId.set(connectionId, { session, sampler });
    return sampler;
  }

  dispose(): void {
    this.store.dispose();
    for (const { sampler } of this.byId.values()) sampler.dispose();
    this.byId.clear();
  }

  private drop(connectionId: string): void {
    const known = this.byId.get(connectionId);
    if (!known || this.options.sessions.get(connectionId) === known.session) return;
    known.sampler.dispose();
    this.byId.delete(connectionId);
  }
}
