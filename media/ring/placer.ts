import { code } from 'worker:./placer.worker.ts';
import type { VirtualNode } from '../../src/domain/placement/types';
import type { RingKeyList } from '../../src/protocol/ring';
import type {
  FromPlacer,
  KeySummary,
  PlaceInput,
  RowPage,
  RowQuery,
  ToPlacer,
} from './placerMessages';

/** Asks the thread that places keys; of several questions of a kind the last one counts. */
export class Placer {
  private readonly worker: Worker;
  private readonly latest = { rows: 0, point: 0 };
  private id = 0;
  private isPlacing = false;
  /** What is to be placed next: members that come and go quickly must not queue up. */
  private waiting: PlaceInput | undefined;
  /** What was to be placed last, as JSON. */
  private last = '';

  constructor(
    private readonly answers: {
      readonly summary: (summary: KeySummary) => void;
      readonly rows: (page: RowPage) => void;
      readonly point: (point: VirtualNode | undefined) => void;
    },
  ) {
    // A worker from an extension's file would be of another origin than the page.
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    this.worker = new Worker(url);
    URL.revokeObjectURL(url);
    this.worker.onmessage = ({ data }: MessageEvent<FromPlacer>) => this.receive(data);
  }

  setKeys(list: RingKeyList): void {
    this.last = '';
    this.post({ type: 'keys', list });
  }

  /** Nothing happens when the same was placed last. */
  place(input: PlaceInput): void {
    const next = JSON.stringify(input);
    if (next === this.last) return;
    this.last = next;
    if (this.isPlacing) this.waiting = input;
    else this.startPlacing(input);
  }

  askRows(query: RowQuery): void {
    this.post({ type: 'rows', id: (this.latest.rows = ++this.id), query });
  }

  askPoint(position: number): void {
    this.post({ type: 'point', id: (this.latest.point = ++this.id), position });
  }

  private startPlacing(input: PlaceInput): void {
    this.isPlacing = true;
    this.waiting = undefined;
    this.post({ type: 'place', ...input });
  }

  private post(message: ToPlacer): void {
    this.worker.postMessage(message);
  }

  private receive(message: FromPlacer): void {
    switch (message.type) {
      case 'summary':
        this.isPlacing = false;
        if (this.waiting) return this.startPlacing(this.waiting);
        return this.answers.summary(message.summary);
      case 'rows':
        if (message.id === this.latest.rows) this.answers.rows(message.page);
        return;
      case 'point':
        if (message.id === this.latest.point) this.answers.point(message.point);
    }
  }
}
