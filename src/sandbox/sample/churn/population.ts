import type { NewClient, SampleClient } from '../client';
import type { Random } from '../random';
import type { Role } from './roles';

/** Of each group, whatever happens. */
const ALWAYS_THERE = 2;

/** Who takes part now, each with a session of its own: leaving ends the session. */
export class Population {
  private readonly here = new Map<Role, SampleClient>();

  constructor(
    private readonly newClient: NewClient,
    private readonly random: Random,
  ) {}

  async join(role: Role): Promise<void> {
    const client = this.newClient();
    client.onDidChangeState(({ kind }) => {
      // What it registered is gone with the session; it may come back as somebody new.
      if (kind === 'expired' && this.here.get(role) === client) void this.leave(role);
    });
    this.here.set(role, client);
    try {
      await client.connect();
      await role.register(client, this.random);
    } catch (error) {
      await this.leave(role);
      throw error;
    }
  }

  async leave(role: Role): Promise<void> {
    const client = this.here.get(role);
    this.here.delete(role);
    await client?.close();
  }

  async leaveAll(): Promise<void> {
    await Promise.all([...this.here.keys()].map((role) => this.leave(role)));
  }

  absent(roles: readonly Role[]): Role[] {
    return roles.filter((role) => !this.here.has(role));
  }

  /** Those who can go without leaving their group too small. */
  dispensable(): Role[] {
    const sizes = new Map<string, number>();
    for (const { group } of this.here.keys()) sizes.set(group, (sizes.get(group) ?? 0) + 1);
    return [...this.here.keys()].filter(({ group }) => (sizes.get(group) ?? 0) > ALWAYS_THERE);
  }

  /** The member with that session. */
  ownerOf(sessionId: bigint): { role: Role; client: SampleClient } | undefined {
    for (const [role, client] of this.here) {
      const { state } = client;
      if (state.kind === 'connected' && state.sessionId === sessionId) return { role, client };
    }
    return undefined;
  }
}
