export interface PointerEvents {
  readonly hover: (x: number, y: number) => void;
  readonly click: (x: number, y: number) => void;
  readonly drag: (x: number, y: number, dx: number, dy: number) => void;
  readonly zoom: (x: number, y: number, factor: number) => void;
  readonly canZoom: () => boolean;
  readonly canZoomOut: () => boolean;
}

/** A press that moves less than this is a click. */
const CLICK_PIXELS = 4;
const WHEEL_SPEED = 0.002;

/**
 * Pointer and wheel in pixels of the stage. The wheel zooms where the picture has the focus or Ctrl
 * is held, so that a page that is scrolled doesn't get stuck in the picture.
 */
export function watchPointer(stage: HTMLElement, events: PointerEvents): void {
  let last: { x: number; y: number } | undefined;
  let isDrag = false;
  const at = ({ clientX, clientY }: MouseEvent): { x: number; y: number } => {
    const { left, top } = stage.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  stage.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    last = at(event);
    isDrag = false;
  });
  stage.addEventListener('pointermove', (event) => {
    const { x, y } = at(event);
    if (last === undefined || event.buttons === 0) {
      last = undefined;
      return events.hover(x, y);
    }
    const [dx, dy] = [x - last.x, y - last.y];
    if (!isDrag && Math.hypot(dx, dy) < CLICK_PIXELS) return;
    if (!isDrag) stage.setPointerCapture(event.pointerId);
    isDrag = true;
    last = { x, y };
    events.drag(x, y, dx, dy);
  });
  stage.addEventListener('pointerup', (event) => {
    if (last !== undefined && !isDrag) {
      const { x, y } = at(event);
      events.click(x, y);
    }
    last = undefined;
  });
  stage.addEventListener(
    'wheel',
    (event) => {
      const isMeant = document.activeElement === stage || event.ctrlKey || event.metaKey;
      if (!isMeant || !events.canZoom() || (event.deltaY > 0 && !events.canZoomOut())) return;
      event.preventDefault();
      const { x, y } = at(event);
      events.zoom(x, y, Math.exp(-event.deltaY * WHEEL_SPEED));
    },
    { passive: false },
  );
}
