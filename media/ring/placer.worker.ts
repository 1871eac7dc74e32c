import { KeyPlacer } from './keyPlacer';
import type { FromPlacer, ToPlacer } from './placerMessages';

/** The thread that places keys: the page stays at hand, and the extension host is not asked. */
interface Thread {
  onmessage: ((event: MessageEvent<ToPlacer>) => void) | null;
  postMessage(message: FromPlacer): void;
}
const thread = self as unknown as Thread;
const placer = new KeyPlacer();

thread.onmessage = ({ data }) => {
  switch (data.type) {
    case 'keys':
      return placer.setKeys(data.list);
    case 'place':
      return thread.postMessage({ type: 'summary', summary: placer.place(data) });
    case 'rows':
      return thread.postMessage({ type: 'rows', id: data.id, page: placer.rows(data.query) });
    case 'point':
      return thread.postMessage({
        type: 'point',
        id: data.id,
        point: placer.pointAt(data.position),
      });
  }
};
