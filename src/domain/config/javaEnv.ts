import { bytes, short } from '../capacity/plan/report';
import { block } from './blocks';
import { because, heapMiB, type PlanFacts } from './facts';
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

/** `java.env`, which `zkEnv.sh` reads as shell before it starts a server. */
export function javaEnv(facts: PlanFacts, planFile: string): ConfigFile {
  const { ensemble } = facts.input;
  const buffer = maxBufferFlag(facts);
  const lines = [
    reason(planLine(facts, planFile)),
    reason(`MiB of heap: ${because(facts, 'ensemble.heap')}.`),
    reason(
      `The rest of ${bytes(ensemble.memoryBytes)} is for the page cache; servers must not swap.`,
    ),
    `ZK_SERVER_HEAP=${heapMiB(facts)}`,
    reason(
      `The heap is claimed at the start; pauses stay below the ${short(ensemble.gcPauseMs)} ms that the plan counts on.`,
    ),
    ...(buffer === undefined
      ? []
      : [reason('jute.maxbuffer must be the same on all servers and in all clients.')]),
    `SERVER_JVMFLAGS="${jvmFlags(facts).join(' ')}"`,
  ];
  return {
    path: 'java.env',
    text: block('hash', 'java', lines),
    merge: { kind: 'blocks', comment: 'hash', appends: true },
  };
}
