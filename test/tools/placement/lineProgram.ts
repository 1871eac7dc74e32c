import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { hostOf, portOf, type OracleCase } from './oracle';

/**
 * Runs a program that reads `key <hex>`, `case <settings>`, `server <name> <host> <port> <weight>`
 * and `run` lines, and answers each `run` with one line of a value per key. Rejects with its last
 * words when it fails or answers another number of values.
 */
export async function askLineProgram(
  command: readonly string[],
  keys: readonly Uint8Array[],
  cases: readonly OracleCase[],
): Promise<string[][]> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: 'pipe' });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.on('error', () => {}); // its exit code tells
  child.stdin.end(script(keys, cases));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const rows = out.split('\n').filter((line) => line !== '');
  const answers = rows.map((line) => line.trim().split(' '));
  const isWhole =
    rows.length === cases.length && answers.every((one) => one.length === keys.length);
  if (code !== 0 || !isWhole) {
    throw new Error(
      `${command.join(' ')} ended with ${code} after ${rows.length} of ${cases.length} answers: ${err}`,
    );
  }
  return answers;
}

function script(keys: readonly Uint8Array[], cases: readonly OracleCase[]): string {
  const lines = keys.map((key) => `key ${Buffer.from(key).toString('hex')}`);
  for (const { settings, servers } of cases) {
    lines.push(`case ${settings.join(' ')}`);
    for (const server of servers) {
      const { name = server.address, weight = 1 } = server;
      lines.push(`server ${name} ${hostOf(server)} ${portOf(server)} ${weight}`);
    }
    lines.push('run');
  }
  return `${lines.join('\n')}\n`;
}
