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

interface Known {
  readonly session: Session;
  readonly sampler: LiveSampler;
  isConnected: boolean;
}

/** One sampler for each open connection, shared by whoever looks at it. */
export class EnsembleSamplers implements Disposable {
  private readonly store = new DisposableStore();
  private readonly byId = new Map<string, Known>();

  constructor(private readonly options: SamplersOptions) {
    this.store.add(options.sessions.onDidChange((id) => this.onSession(id)));
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
    this.byId.set(connectionId, { session, sampler, isConnected: isConnected(session) });
    return sampler;
  }

  dispose(): void {
    this.store.dispose();
    for (const { sampler } of this.byId.values()) sampler.dispose();
    this.byId.clear();
  }

  private onSession(connectionId: string): void {
    const known = this.byId.get(connectionId);
    if (!known) return;
    const session = this.options.sessions.get(connectionId);
    if (session !== known.session) {
      known.sampler.dispose();
      this.byId.delete(connectionId);
      return;
    }
    const wasConnected = known.isConnected;
    known.isConnected = isConnected(session);
    if (known.isConnected && !wasConnected) void known.sampler.wake();
  }
}

const isConnected = ({ client }: Session): boolean => client.state.kind === 'connected';
