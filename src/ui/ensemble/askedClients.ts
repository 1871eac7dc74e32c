import { memberAt } from '../../domain/metrics/ensembleSample';
import type { EnsembleSampler } from '../../zk/ensemble/sampler';
import { idOf, type EnsembleNode, type ServerNode, type SessionsNode } from './nodes';
import { askClients, type Clients } from './sessionRows';

interface Kept {
  readonly node: SessionsNode;
  readonly sampler: EnsembleSampler;
  readonly answer: Promise<Clients | undefined>;
  /** Once it is there. */
  told: { readonly at: number; readonly count: number | undefined } | undefined;
}

export interface AskedClientsOptions {
  /** Called when an answer came, of which `toldOf` now knows. */
  readonly onAnswer: (node: SessionsNode) => void;
  readonly ask?: typeof askClients;
  readonly now?: () => number;
}

/**
 * The clients of servers, as of when they were last asked for: lists may be long, so that they are
 * not asked for with every sample, but whenever a row is unfolded or its server has changed.
 */
export class AskedClients {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly options: AskedClientsOptions) {}

  of(node: SessionsNode, sampler: EnsembleSampler): Promise<Clients | undefined> {
    const key = idOf(node);
    const known = this.kept.get(key);
    if (known?.sampler === sampler) return known.answer;
    const { ask = askClients } = this.options;
    const kept: Kept = { node, sampler, answer: ask(node, sampler), told: undefined };
    this.kept.set(key, kept);
    void this.note(key, kept);
    return kept.answer;
  }

  /** When there was an answer, and of how many sessions: undefined when they were refused. */
  toldOf(node: SessionsNode): Kept['told'] {
    return this.kept.get(idOf(node))?.told;
  }

  /** Asks again for what is there and below, the next time that it is shown; for all by default. */
  forget(node?: EnsembleNode | ServerNode | SessionsNode): void {
    for (const [key, { node: sessions }] of this.kept) {
      const { parent: server } = sessions;
      if (!node || [sessions, server, server.parent].some((one) => idOf(one) === idOf(node))) {
        this.kept.delete(key);
      }
    }
  }

  /** After a sample: servers that began anew have other clients, and who refused may tell now. */
  forgetChanged(sampler: EnsembleSampler): void {
    const { sample, window } = sampler.latest ?? {};
    for (const [key, { node, told, sampler: asked }] of this.kept) {
      if (asked.connectionId !== sampler.connectionId) continue;
      const { address } = node.parent;
      const isSame =
        asked === sampler &&
        memberAt(sample, address)?.kind === 'answered' &&
        window?.servers.get(address)?.brokenBy === undefined;
      if (!isSame || (told && told.count === undefined)) this.kept.delete(key);
    }
  }

  private async note(key: string, kept: Kept): Promise<void> {
    const answer = await kept.answer;
    if (this.kept.get(key) !== kept) return;
    const sessions = answer?.sessions;
    const count = sessions?.kind === 'known' ? sessions.value.length : undefined;
    kept.told = { at: (this.options.now ?? Date.now)(), count };
    this.options.onAnswer(kept.node);
  }
}
