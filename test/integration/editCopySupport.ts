import type { ZkReader } from '../../src/zk/client';
import { planCopy, type CopyObstacle, type CopyPlan } from '../../src/zk/edit/copyPlan';
import { copyTree, type CopyOptions, type CopyOutcome } from '../../src/zk/edit/copyTree';
import { modeOf, type UndoWriter } from '../../src/zk/edit/undo';
import type { Editing } from './editSupport';
import { path } from './engineSupport';

type Kind = 'copy' | 'move';

export async function look(
  editing: Editing,
  kind: Kind,
  source: string,
  target: string,
  to: ZkReader = editing.client,
): Promise<CopyPlan | CopyObstacle> {
  const request = { kind, source: path(source), target: path(target) };
  return planCopy(editing.client, to, request, { pacer: editing.pacer() });
}

export async function planned(...args: Parameters<typeof look>): Promise<CopyPlan> {
  const plan = await look(...args);
  if ('problem' in plan) throw new Error(`${plan.problem} ${plan.path}`);
  return plan;
}

/** Runs a plan and ends its record as the command does. */
export async function run(
  editing: Editing,
  plan: CopyPlan,
  more: Partial<CopyOptions> = {},
): Promise<CopyOutcome> {
  const undo: UndoWriter =
    more.undo ?? (await editing.begin(plan.kind, [plan.source, plan.target]));
  const outcome = await copyTree(plan, {
    ...{ from: editing.client, to: editing.client, writer: editing.writer },
    ...{ pacer: editing.pacer(more.signal), conflicts: 'skip', modeOf: (_, stat) => modeOf(stat) },
    ...more,
    undo,
  });
  await (outcome.stop ? undo.suspend() : undo.commit());
  return outcome;
}

export async function carry(
  editing: Editing,
  kind: Kind,
  source: string,
  target: string,
  more: Partial<CopyOptions> = {},
): Promise<CopyOutcome> {
  return run(editing, await planned(editing, kind, source, target), more);
}

/** The same tree somewhere else. */
export function elsewhere(tree: readonly string[], from: string, to: string): string[] {
  return tree.map((line) => to + line.slice(from.length));
}
