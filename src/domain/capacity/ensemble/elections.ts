/** A mean year of 365.25 days. */
const HOURS_A_YEAR = 8766;

/** What ends the reign of a leader, and how long each end stalls all writes. */
export interface ElectionInput {
  /** Mean hours between failures of the server that leads. */
  readonly mtbfHours: number;
  readonly tickMs: number;
  readonly syncLimit: number;
  /** Share of the losses that no TCP reset announces (host or link lost), 0–1. */
  readonly silentShare: number;
  /** The election itself, 200–400 ms. */
  readonly electionMs: number;
  /** Until a quorum of followers has caught up with the new leader. */
  readonly syncMs: number;
}

export interface ElectionOutcome {
  readonly perYear: number;
  /** syncLimit ticks: the followers' socket timeout. */
  readonly silentDetectionMs: number;
  readonly meanOutageMs: number;
  readonly secondsAYear: number;
}

/**
 * The stall that each loss of the leader brings. Followers notice a process that died at once, a
 * host that vanished only when their socket times out after syncLimit · tickTime (Learner.java).
 */
export function elections(input: ElectionInput): ElectionOutcome {
  const perYear = HOURS_A_YEAR / input.mtbfHours;
  const silentDetectionMs = input.syncLimit * input.tickMs;
  const meanOutageMs = input.silentShare * silentDetectionMs + input.electionMs + input.syncMs;
  return {
    perYear,
    silentDetectionMs,
    meanOutageMs,
    secondsAYear: (perYear * meanOutageMs) / 1000,
  };
}
