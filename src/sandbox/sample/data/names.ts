import { below, type SampleNode } from './node';

/**
 * Names that ZooKeeper takes and that a user interface gets wrong: in labels, in URIs, on a disk.
 * The server refuses controls and anything outside the Basic Multilingual Plane.
 */
const NAMES = [
  'with spaces in it',
  ' begins and ends with a space ',
  'Überprüfung der Größe',
  'café (composed)',
  'cafe\u0301 (decomposed)',
  '订单服务',
  '日本語の名前',
  'الطلبات',
  'right-to-left \u202e override',
  'no\u00a0break',
  '100%',
  '%2Fetc%2Fpasswd',
  'a+b&c=d',
  '?query=1#fragment',
  'back\\slash',
  'C:\\temp',
  '<b>bold',
  '<img src=x onerror=alert(1)>',
  '$(alert)',
  '[link](command:workbench.action.reloadWindow)',
  '**not bold** `not code`',
  '"double" and \'single\' quotes',
  '${env:HOME}',
  '{0}',
  '.hidden',
  '...',
  'UPPER',
  'upper',
  'trailing.dot.',
  'CON',
  '__proto__',
  `long-${'abcdefghij'.repeat(30)}`,
] as const;

/** One znode for each unusual name, and a path that is deep. */
export function unusualNames(): SampleNode[] {
  const named = NAMES.map((name) => ({ path: `/unusual/${name}`, data: `the value of ${name}\n` }));
  const levels = Array.from({ length: 20 }, (_, i) => `level-${String(i + 1)}`);
  return [
    ...named,
    ...below(`/unusual/deep/${levels.join('/')}`, { bottom: 'twenty levels down\n' }),
  ];
}
