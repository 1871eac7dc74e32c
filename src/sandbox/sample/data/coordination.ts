import { below, compact, type SampleNode } from './node';

export const LOCK = '/locks/nightly-report';
export const READ_WRITE_LOCK = '/locks/price-list';
export const LATCH = '/election/scheduler';
export const ELECTION = '/election/indexer';
export const QUEUE = '/queue/emails';

/** A message that waits in the queue. */
export function queuedMail(number: number): string {
  return compact({ to: `customer-${String(number)}@example.com`, template: 'order-shipped' });
}

/** The places where members meet; who holds and who waits is ephemeral. */
export function coordination(): SampleNode[] {
  const first = Array.from({ length: 5 }, (_, i) => [
    `queue-${String(i).padStart(10, '0')}`,
    queuedMail(1_000 + i),
  ]);
  return [
    { path: LOCK },
    { path: READ_WRITE_LOCK },
    { path: LATCH },
    { path: ELECTION },
    ...below(QUEUE, Object.fromEntries(first) as Record<string, string>),
    { path: '/counters/orders-today', data: '18204' },
  ];
}
