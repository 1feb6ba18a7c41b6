import { ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import type { ProductOptions } from '../../engine/kernels/matmul/contract.ts';
import { type BackwardPass, operation, shapeInWords, sizeOf, type Tensor } from '../tape/tensor.ts';
import { type Factor, product } from './matmul.ts';
import { scatterPatches } from './patches.ts';
import { sumOfRows } from './rows.ts';
import { type WindowOptions, type Windows, windowsOf } from './windows.ts';

/**
 * Convolution (cross-correlation) of images: x n × h × w × c, W m × kh × kw × c (a row for each output channel), b m
 * or none; y n × h′ × w′ × m.
 *
 *     y[i, p, q] = b + Σ_{r,s} W[r, s]·x[i, p·stride + r − top, q·stride + s − left]
 *
 * One product by Wᵀ, whose kernel gathers what the windows see as it goes: memory does not grow with the images.
 * Channels come last, so that a window is kh runs of memory and the products are rows of the result.
 *
 * @param options stride 1 and padding `valid` by default
 */
export function conv2d(
  x: Tensor,
  weight: Tensor,
  bias?: Tensor,
  { stride = 1, padding = 'valid' }: WindowOptions = {},
): Tensor {
  const [m, kernelHeight, kernelWidth, inner] = weight.shape;
  if (weight.shape.length !== 4)
    throw new ShapeError(
      'conv2d',
      'weights outputs × height × width × channels',
      shapeInWords(weight.shape),
    );
  const windows = windowsOf('conv2d', x, [kernelHeight, kernelWidth], stride, padding);
  if (inner !== windows.channels)
    throw new ShapeError(
      'conv2d',
      `weights of ${windows.channels} channels`,
      shapeInWords(weight.shape),
    );
  if (bias && (bias.shape.length !== 1 || bias.shape[0] !== m))
    throw new ShapeError('conv2d', `a bias of ${m} numbers`, shapeInWords(bias.shape));
  const inputs = bias ? [x, weight, bias] : [x, weight];
  return operation('conv2d', inputs, [windows.n, windows.down, windows.across, m], {
    async forward({ engine, inputs: [images, w, b], out }) {
      const kernel: Factor = [w, m, sizeOf(weight.shape) / m];
      await productOfPatches(engine, images, windows, kernel, out, { transposeB: true, bias: b });
    },
    async backward(pass) {
      const [toX, toW, toB] = pass.to;
      if (toW) await weightGradient(pass, windows, m, toW);
      if (toX && stride === 1) await imageGradient(pass, windows, m, toX);
      else if (toX) await stridedImageGradient(pass, windows, m, toX);
      if (toB) sumOfRows(pass.gradient, toB);
    },
  });
}

/** ∂L/∂W = Gᵀ·patches: the engine makes its transpose, whose left factor is the patches. */
async function weightGradient(
  { engine, inputs: [images], gradient, room }: BackwardPass,
  windows: Windows,
  m: number,
  toW: Floats,
): Promise<void> {
  const k = toW.length / m;
  const turned = room(toW.length);
  const g: Factor = [gradient, gradient.length / m, m];
  await productOfPatches(engine, images, windows, g, turned, { transposeA: true });
  for (let t = 0; t < k; t++) for (let j = 0; j < m; j++) toW[j * k + t] = turned[t * m + j];
}

/** ∂L/∂x at stride 1: the convolution of G with the kernel turned round, channels and outputs exchanged. */
async function imageGradient(
  { engine, inputs: [, w], gradient, room }: BackwardPass,
  windows: Windows,
  m: number,
  toX: Floats,
): Promise<void> {
  const { height, width, channels, kernelHeight, kernelWidth, down, across } = windows;
  const places = kernelHeight * kernelWidth;
  const turned = room(w.length);
  for (let j = 0; j < m; j++)
    for (let place = 0; place < places; place++)
      for (let c = 0; c < channels; c++)
        turned[((places - 1 - place) * m + j) * channels + c] =
          w[(j * places + place) * channels + c];
  const back: Windows = {
    ...windows,
    height: down,
    width: across,
    channels: m,
    down: height,
    across: width,
    top: kernelHeight - 1 - windows.top,
    left: kernelWidth - 1 - windows.left,
  };
  await productOfPatches(engine, gradient, back, [turned, places * m, channels], toX);
}

/** ∂L/∂x: G·W, each number added to the place its window read. A tile of windows at a time. */
async function stridedImageGradient(
  { engine, inputs: [, w], gradient, room }: BackwardPass,
  windows: Windows,
  m: number,
  toX: Floats,
): Promise<void> {
  const k = w.length / m;
  const total = gradient.length / m;
  const rows = Math.min(total, Math.max(1, Math.floor(TILE / k)));
  const patches = room(rows * k);
  toX.fill(0);
  for (let first = 0; first < total; first += rows) {
    const count = Math.min(rows, total - first);
    const part: Factor = [patches.subarray(0, count * k), count, k];
    const g: Factor = [gradient.subarray(first * m, (first + count) * m), count, m];
    await product(engine, g, [w, m, k], part);
    scatterPatches(part[0], windows, first, count, toX);
  }
}

/** The engine's product of what the windows see and B. */
async function productOfPatches(
  engine: Engine,
  images: Floats,
  patches: Windows,
  [b, rows, cols]: Factor,
  out: Floats,
  options: Omit<ProductOptions, 'out' | 'patches'> = {},
): Promise<void> {
  const { channels } = patches;
  const m = options.transposeB ? rows : cols;
  await engine.matmul(
    { data: images, rows: images.length / channels, cols: channels },
    { data: b, rows, cols },
    { ...options, patches, out: { data: out, rows: out.length / m, cols: m } },
  );
}

/** Numbers of one tile of patches: half a megabyte in float32, which stays near the processor. */
const TILE = 2 ** 17;
