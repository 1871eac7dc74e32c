import { evenLayout, layoutOutcome, type LayoutOutcome } from '../ensemble/layouts';
import { MOST_VOTERS } from '../ensemble/quorum';
import { failureRates } from '../plan/ensembleShape';
import type { Evaluation } from '../plan/evaluate';
import type { PlanInput } from '../plan/inputFields';

/** One way to spread voters over zones. */
export interface LayoutOutage extends LayoutOutcome {
  readonly isPlanned: boolean;
}

export interface OutageChart {
  readonly layouts: readonly LayoutOutage[];
  readonly goalMinutes: number;
}

/** Sizes to compare with, one with an even number to show that it is no better. */
const SIZES = [1, 3, 4, 5, 7];

/**
 * Minutes a year without a quorum, for ensembles of several sizes in one zone, in two, and spread
 * evenly over as many as there are; the plan's own layout is among them. By voters, the best first.
 */
export function outagesByLayout({ ensemble }: PlanInput, { shape }: Evaluation): OutageChart {
  const planned = shape.layout.layout;
  const zoneCounts = new Set([1, 2, 3, ensemble.zones]);
  const layouts = SIZES.flatMap((voters) =>
    [...zoneCounts].map((zones) => evenLayout(voters, Math.min(zones, MOST_VOTERS))),
  );
  const distinct = new Map([...layouts, planned].map((one) => [one.join(), one]));
  const rates = failureRates(ensemble);
  return {
    layouts: [...distinct.values()]
      .map((layout) => ({
        ...layoutOutcome(layout, rates),
        isPlanned: layout.join() === planned.join(),
      }))
      .sort((a, b) => a.voters - b.voters || a.minutesAYear - b.minutesAYear),
    goalMinutes: ensemble.outageGoalMinutesPerYear,
  };
}
