import type { TransactionStep } from '../client';

/**
 * Servers refuse requests of more than `jute.maxbuffer`, 1,048,575 bytes unless configured otherwise,
 * and wrap what they tell each other about one in some more bytes.
 */
export const REQUEST_BYTES = 950_000;

/** Type, end and error of each step (`MultiHeader`). */
const HEADER = 9;
const INT = 4;

/** The bytes of a transaction on the wire, by the records of `zookeeper.jute`. */
export function sizeOfTransaction(steps: readonly TransactionStep[]): number {
  return steps.reduce((sum, step) => sum + sizeOfStep(step), HEADER);
}

function sizeOfStep(step: TransactionStep): number {
  const own = HEADER + INT + Buffer.byteLength(step.path) + INT;
  switch (step.type) {
    case 'create': {
      const entries = step.acl ?? [];
      const acl = entries.map(({ scheme, id }) => 3 * INT + Buffer.byteLength(scheme + id));
      // Flags are counted already; a time to live is 8 bytes more.
      return own + INT + step.data.length + acl.reduce((a, b) => a + b, INT) + 2 * INT;
    }
    case 'setData':
      return own + INT + step.data.length;
    case 'delete':
    case 'check':
      return own;
  }
}
