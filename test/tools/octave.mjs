// @ts-check
/** GNU Octave with its package `queueing`: an independent implementation of the textbook formulas. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { ensureDebianPackages } from './debian.mjs';

const run = promisify(execFile);

export const OCTAVE_PACKAGES = ['octave', 'octave-queueing'];

/** One call with plain arguments, answered by as many outputs as asked for. */
/** @typedef {{ name: string, args: readonly Argument[], outputs: number }} OctaveCall */
/** @typedef {number | readonly number[] | readonly (readonly number[])[]} Argument */

/**
 * Evaluates all calls in one Octave process; the answers are numbers or rows of them, as printed
 * with 17 digits.
 * @param {readonly OctaveCall[]} calls
 * @returns {Promise<number[][][]>} for each call its outputs, each flattened by rows
 */
export async function callOctave(calls) {
  await ensureDebianPackages(OCTAVE_PACKAGES, 'the comparison with Octave');
  const program = ['pkg load queueing', 'warning("off", "all")', ...calls.map(statement)];
  const running = run('octave-cli', ['--norc', '--quiet'], { maxBuffer: 1e8, timeout: 100_000 });
  running.child.stdin?.end(program.join('\n')); // too long for an argument
  const { stdout } = await running;
  /** @type {number[][][]} */
  const answers = calls.map(() => []);
  for (const line of stdout.split('\n')) {
    const [mark, call, ...values] = line.trim().split(' ');
    if (mark === 'ERR')
      throw new Error(`Octave, ${calls[Number(call)]?.name}: ${values.join(' ')}`);
    if (mark === 'OUT') answers[Number(call)]?.push(values.map(Number));
  }
  return answers;
}

/** @param {OctaveCall} call @param {number} index */
function statement({ name, args, outputs }, index) {
  const names = Array.from({ length: outputs }, (_, i) => `o${i}`);
  const print = names.map((o) => `printf("OUT ${index}%s\\n", sprintf(" %.17g", ${o}.'));`);
  const call = `[${names.join(', ')}] = ${name}(${args.map(literal).join(', ')});`;
  const failed = `printf("ERR ${index} %s\\n", err.message);`;
  return `try; ${call} ${print.join(' ')} catch err; ${failed} end`;
}

/** @param {Argument} value */
function literal(value) {
  if (typeof value === 'number') return String(value);
  const rows = value.map((row) => (typeof row === 'number' ? [row] : row).join(' '));
  return `[${rows.join(typeof value[0] === 'number' ? ' ' : '; ')}]`;
}
