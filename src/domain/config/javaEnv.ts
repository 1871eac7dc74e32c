import { memoryFor } from '../capacity/ensemble/heap';
import { bytes, short } from '../capacity/plan/report';
import { block } from './blocks';
import { because, heapMiB, MIB, missedGoal, type PlanFacts } from './facts';
import type { ConfigFile } from './file';
import { reason } from './text';
import { planLine } from './zooCfg';
import { maxBufferFlag } from './zooKeys';

/** Options of the Java machine that a server runs in, without the heap's end. */
export function jvmFlags(facts: PlanFacts): string[] {
  const { gcPauseMs } = facts.input.ensemble;
  const buffer = maxBufferFlag(facts);
  return [
    `-Xms${heapMiB(facts)}m`,
    '-XX:+UseG1GC',
    `-XX:MaxGCPauseMillis=${Math.max(1, Math.round(gcPauseMs))}`,
    '-XX:+ExitOnOutOfMemoryError',
    ...(buffer === undefined ? [] : [buffer]),
  ];
}

/** What the heap leaves of the memory that the plan gives a server. */
function memoryReason(facts: PlanFacts): string {
  const { memoryBytes } = facts.input.ensemble;
  const memory = bytes(memoryBytes);
  if (missedGoal(facts, 'ensemble.heap') === undefined) {
    return `The rest of ${memory} is for the page cache; servers must not swap.`;
  }
  const needed = bytes(memoryFor(facts.computed.sizing.heap.maximum));
  const what =
    heapMiB(facts) * MIB < memoryBytes
      ? `Too much of the ${memory} of a server, which leaves too little for the page cache`
      : `More than the ${memory} of a server, which will swap or be killed`;
  return `${what}: at least ${needed} are needed.`;
}

/** `java.env`, which `zkEnv.sh` reads as shell before it starts a server. */
export function javaEnv(facts: PlanFacts, planFile: string): ConfigFile {
  const { ensemble } = facts.input;
  const buffer = maxBufferFlag(facts);
  const lines = [
    reason(planLine(facts, planFile)),
    reason(`MiB of heap: ${because(facts, 'ensemble.heap')}.`),
    reason(memoryReason(facts)),
    `ZK_SERVER_HEAP=${heapMiB(facts)}`,
    reason(
      `The heap is claimed at the start; the collector aims at the pauses of ${short(ensemble.gcPauseMs)} ms that the plan counts on.`,
    ),
    ...(buffer === undefined
      ? []
      : [reason('jute.maxbuffer must be the same on all servers and in all clients.')]),
    reason(
      'Flags that are set above or in the environment stay and come last; none of them may choose another collector.',
    ),
    `SERVER_JVMFLAGS="${jvmFlags(facts).join(' ')}\${SERVER_JVMFLAGS:+ $SERVER_JVMFLAGS}"`,
  ];
  return {
    path: 'java.env',
    text: block('hash', 'java', lines),
    merge: { kind: 'blocks', comment: 'hash', appends: true },
  };
}
