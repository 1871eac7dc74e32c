import type { FromRingPage, RingSnapshot } from '../../src/protocol/ring';
import type { Colours } from '../shared/colours';
import { pictureSvg } from './exportSvg';
import { fillsOf, type Theme } from './paint';

export interface ImageInput {
  readonly snapshot: RingSnapshot;
  readonly colours: Colours;
  readonly theme: Theme;
}

/** Pixels for each unit of the drawing: sharp on paper too. */
const SCALE = 2;

/** Sends the picture to the host, which asks where to put it, or copies it. */
export async function saveImage(
  what: 'svg' | 'png' | 'copy',
  { snapshot, colours, theme }: ImageInput,
  tell: (message: FromRingPage) => void,
): Promise<void> {
  const addresses = snapshot.servers.map(({ address }) => address);
  const svg = pictureSvg({
    snapshot,
    fill: fillsOf(addresses, colours, theme),
    ink: theme.ink,
    ground: theme.ground,
    font: getComputedStyle(document.body).fontFamily,
  });
  if (what === 'svg') {
    return tell({ type: 'image', format: 'svg', bytes: new TextEncoder().encode(svg) });
  }
  const png = await pixelsOf(svg);
  if (what === 'copy') {
    return navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
  }
  tell({ type: 'image', format: 'png', bytes: new Uint8Array(await png.arrayBuffer()) });
}

async function pixelsOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * SCALE;
  canvas.height = image.height * SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const encoded = new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  // Chromium encodes between frames, and an idle page has none unless it asks for them.
  requestAnimationFrame(() => requestAnimationFrame(() => {}));
  const blob = await encoded;
  if (!blob) throw new Error('This picture could not be encoded.');
  return blob;
}
