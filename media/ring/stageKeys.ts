/** What keys and buttons do with the picture. */
export type StageAction =
  | { readonly type: 'step'; readonly by: number }
  | { readonly type: 'edge'; readonly edge: 'first' | 'last' }
  | { readonly type: 'zoom'; readonly isCloser: boolean }
  /** Shows the arc under the needle with what is beside it. */
  | { readonly type: 'arc' }
  | { readonly type: 'whole' }
  | { readonly type: 'choose' }
  | { readonly type: 'leave' };

const FAR = 25;
const ACTIONS: ReadonlyMap<string, StageAction> = new Map<string, StageAction>([
  ['ArrowRight', { type: 'step', by: 1 }],
  ['ArrowUp', { type: 'step', by: 1 }],
  ['ArrowLeft', { type: 'step', by: -1 }],
  ['ArrowDown', { type: 'step', by: -1 }],
  ['PageUp', { type: 'step', by: FAR }],
  ['PageDown', { type: 'step', by: -FAR }],
  ['Home', { type: 'edge', edge: 'first' }],
  ['End', { type: 'edge', edge: 'last' }],
  ['+', { type: 'zoom', isCloser: true }],
  ['=', { type: 'zoom', isCloser: true }],
  ['-', { type: 'zoom', isCloser: false }],
  ['z', { type: 'arc' }],
  ['0', { type: 'whole' }],
  ['Enter', { type: 'choose' }],
  [' ', { type: 'choose' }],
  ['Escape', { type: 'leave' }],
]);

/** What a key means; nothing with a modifier, which belongs to VS Code. */
export function stageKeys(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): StageAction | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  return ACTIONS.get(event.key);
}
