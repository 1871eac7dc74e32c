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

/** Asks the thread that places keys; of several questions of a kind only the last is answered. */
export class Placer {
  private readonly worker: Worker;
  private readonly latest = { summary: 0, rows: 0, point: 0 };
  private id = 0;

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
    this.post({ type: 'keys', list });
  }

  place(input: PlaceInput): void {
    this.post({ type: 'place', id: (this.latest.summary = ++this.id), ...input });
  }

  askRows(query: RowQuery): void {
    this.post({ type: 'rows', id: (this.latest.rows = ++this.id), query });
  }

  askPoint(position: number): void {
    this.post({ type: 'point', id: (this.latest.point = ++this.id), position });
  }

  private post(message: ToPlacer): void {
    this.worker.postMessage(message);
  }

  private receive(message: FromPlacer): void {
    if (message.id !== this.latest[message.type]) return;
    switch (message.type) {
      case 'summary':
        return this.answers.summary(message.summary);
      case 'rows':
        return this.answers.rows(message.page);
      case 'point':
        return this.answers.point(message.point);
    }
  }
}
