import type { Camera, Size } from '../../camera.ts';
import { type Cloud, type Palette, pointCount } from '../../cloud.ts';
import { codesOf, hasSelected } from '../codes.ts';
import type { DrawSettings, Renderer } from '../renderer.ts';
import { ownPainter } from './tools.ts';
import { type Order, orders, workerProgram } from './worker.ts';

/** Who takes orders, beside the page or on it. */
interface Painter {
  send(order: Order, transfer?: Transferable[]): void;
  readonly place: string;
  readonly isBeside: boolean;
  end(): void;
}

type Listener = (number: number, pixels?: ImageData) => void;

/** Draws on the processor, in a worker of its own where the page allows it; `reason` says why not on a card. */
export async function cpuRenderer(
  canvas: HTMLCanvasElement,
  reason: string,
  useWorker = true,
): Promise<Renderer> {
  const waiting = new Map<number, (pixels?: ImageData) => void>();
  const listener: Listener = (number, pixels) => {
    const resolve = waiting.get(number);
    waiting.delete(number);
    resolve?.(pixels);
  };
  const painter =
    (useWorker ? await besidePage(canvas, listener) : undefined) ?? onPage(canvas, listener);
  let count = 0;
  const asked = (order: (number: number) => Order): Promise<ImageData | undefined> =>
    new Promise((resolve) => {
      count++;
      waiting.set(count, resolve);
      painter.send(order(count));
    });
  let size: Size = { width: canvas.width, height: canvas.height };
  let held: Cloud | undefined;
  return {
    tier: 'cpu',
    about: `the processor, ${painter.place}: ${reason}`,
    isBeside: painter.isBeside,
    setCloud(cloud) {
      pointCount(cloud);
      const { positions, dims } = cloud;
      if (positions !== held?.positions || dims !== held.dims)
        painter.send({ kind: 'points', positions, dims });
      const isSame =
        cloud.shades === held?.shades &&
        cloud.hidden === held.hidden &&
        cloud.selected === held.selected;
      if (!isSame) {
        const codes = codesOf(cloud);
        painter.send({ kind: 'codes', codes, isSelecting: hasSelected(cloud) }, [codes.buffer]);
      }
      held = cloud;
    },
    setPalette({ colors, background }: Palette) {
      painter.send({ kind: 'palette', colors, background });
    },
    resize(next) {
      size = next;
    },
    async draw(camera: Camera, settings: DrawSettings) {
      await asked((number) => ({ kind: 'draw', number, camera, settings, ...size }));
    },
    async pixels() {
      return (await asked((number) => ({ kind: 'pixels', number }))) ?? new ImageData(1, 1);
    },
    dispose: () => painter.end(),
  };
}

function onPage(canvas: HTMLCanvasElement, listener: Listener): Painter {
  const obey = orders(ownPainter(), listener);
  obey({ kind: 'canvas', canvas: canvas as unknown as OffscreenCanvas });
  return {
    send: (order) => obey(order),
    place: 'on the page’s own thread',
    isBeside: false,
    end: () => undefined,
  };
}

/** Nothing where the page's policy or the browser has no worker from text, or no canvas for it. */
async function besidePage(
  canvas: HTMLCanvasElement,
  listener: Listener,
): Promise<Painter | undefined> {
  if (!canvas.transferControlToOffscreen) return undefined;
  const url = URL.createObjectURL(new Blob([workerProgram()], { type: 'text/javascript' }));
  try {
    const worker = new Worker(url);
    const isReady = await new Promise<boolean>((resolve) => {
      worker.onmessage = () => resolve(true);
      worker.onerror = () => resolve(false);
    });
    if (!isReady) return undefined;
    worker.onmessage = ({ data }: MessageEvent<{ number: number; pixels?: ImageData }>) =>
      listener(data.number, data.pixels);
    const offscreen = canvas.transferControlToOffscreen();
    worker.postMessage({ kind: 'canvas', canvas: offscreen } satisfies Order, [offscreen]);
    return {
      send: (order, transfer = []) => worker.postMessage(order, transfer),
      place: 'in a worker',
      isBeside: true,
      end: () => worker.terminate(),
    };
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(url);
  }
}
