import type { Camera } from '../../camera.ts';
import { KERNELS_BASE64 } from '../../generated/kernels.ts';
import { type ProjectionId, projections } from '../../projections/index.ts';
import type { Projection } from '../../projections/projection.ts';
import { kernelModule } from './kernel-module.ts';
import { painter } from './painter.ts';
import { type Scene, type Splatter, splatter } from './splatter.ts';
import { TOOLS } from './tools.ts';

/** What the worker that draws is told; `draw` and `pixels` are answered with their number. */
export type Order =
  | { readonly kind: 'canvas'; readonly canvas: OffscreenCanvas }
  | { readonly kind: 'points'; readonly positions: Float32Array; readonly dims: 2 | 3 }
  | { readonly kind: 'codes'; readonly codes: Uint16Array; readonly isSelecting: boolean }
  | { readonly kind: 'palette'; readonly colors: Uint32Array; readonly background: number }
  | ({ readonly kind: 'draw'; readonly number: number } & Pick<
      Scene,
      'camera' | 'width' | 'height' | 'settings'
    >)
  | { readonly kind: 'pixels'; readonly number: number };

/** Takes orders and draws; on a worker or beside the page. Its text is sent to the worker. */
export function orders(
  painter: Splatter,
  answer: (number: number, pixels?: ImageData) => void,
): (order: Order) => void {
  let canvas: OffscreenCanvas | HTMLCanvasElement | undefined;
  let context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null = null;
  let points: Pick<Scene, 'positions' | 'dims'> = { positions: new Float32Array(0), dims: 2 };
  let codes: Pick<Scene, 'codes' | 'isSelecting'> = {
    codes: new Uint16Array(0),
    isSelecting: false,
  };
  let last: ImageData | undefined;

  function draw(view: Pick<Scene, 'camera' | 'width' | 'height' | 'settings'>): void {
    const { width, height, camera } = view;
    if (!canvas || width < 1 || height < 1) return;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    // While a new cloud and its camera are on their way, one may be for 2 columns and the other for 3.
    const fits = points.dims === (camera.kind === 'globe' ? 3 : 2);
    const isWhole = points.positions.length === points.dims * codes.codes.length;
    const scene = { ...points, ...codes, ...view };
    const none = { positions: points.positions.subarray(0, 0), codes: codes.codes.subarray(0, 0) };
    last = new ImageData(
      painter.draw(fits && isWhole ? scene : { ...scene, ...none }),
      width,
      height,
    );
    context?.putImageData(last, 0, 0);
  }

  return (order) => {
    switch (order.kind) {
      case 'canvas':
        canvas = order.canvas;
        context = canvas.getContext('2d', { alpha: false }) as typeof context;
        break;
      case 'points':
        points = order;
        break;
      case 'codes':
        codes = order;
        break;
      case 'palette':
        painter.setPalette(order.colors, order.background);
        break;
      case 'draw':
        draw(order);
        answer(order.number);
        break;
      default:
        answer(order.number, last);
    }
  };
}

/** The projection of a camera among those given; its text is sent to the worker. */
function chooser(all: Readonly<Record<ProjectionId, unknown>>): (camera: Camera) => Projection {
  return (camera) =>
    (all[camera.kind === 'globe' ? camera.projection : camera.kind] as (c: Camera) => Projection)(
      camera,
    );
}

/** The worker's program: the texts of the functions it needs, put together. */
export function workerProgram(): string {
  const all = Object.entries(projections).map(([id, make]) => `${id}: (${make})`);
  const { projectionOf: _, ...rest } = TOOLS;
  const tools = Object.entries(rest).map(([name, tool]) => `${name}: (${tool})`);
  return `const projectionOf = (${chooser})({ ${all.join(', ')} });
const tools = { projectionOf, ${tools.join(', ')} };
const module = (${kernelModule})('${KERNELS_BASE64}');
const drawer = module ? (${painter})(tools, module) : (${splatter})(tools);
const obey = (${orders})(drawer, (number, pixels) => postMessage({ number, pixels }));
onmessage = (event) => obey(event.data);
postMessage({ number: 0 });`;
}
