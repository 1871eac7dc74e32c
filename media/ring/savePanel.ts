import type { RingSnapshot } from '../../src/protocol/ring';
import { element, setText } from '../shared/dom';

export type Saved = 'copy' | 'png' | 'svg' | 'ring' | 'placement' | 'moves' | 'pool';
const ALL: readonly Saved[] = ['copy', 'png', 'svg', 'placement', 'moves', 'ring', 'pool'];

/** Ways out: the picture, what it shows as data, the ring itself, and configuration. */
export class SavePanel {
  readonly section = element('section', { className: 'save' });
  private readonly title = element('h2');
  private readonly buttons = ALL.map((what) => ({
    what,
    button: element('button', { type: 'button', className: 'secondary' }),
  }));

  constructor(save: (what: Saved) => void) {
    const row = element('div', { className: 'controls' });
    for (const { what, button } of this.buttons) {
      button.dataset['save'] = what;
      button.addEventListener('click', () => save(what));
      row.append(button);
    }
    this.section.append(this.title, row);
  }

  show({ strings, isFile, now, after, poolProgram }: RingSnapshot): void {
    setText(this.title, strings.save);
    for (const { what, button } of this.buttons) {
      const text = strings[`save_${what}`];
      setText(button, what === 'pool' ? text.replace('{0}', poolProgram) : text);
      const isOffered =
        what === 'ring'
          ? !isFile
          : what === 'moves'
            ? after !== undefined
            : what === 'pool'
              ? poolProgram !== ''
              : now !== undefined;
      button.classList.toggle('hidden', !isOffered);
    }
  }
}
