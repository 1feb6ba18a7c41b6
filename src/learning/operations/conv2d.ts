import { ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { type BackwardPass, operation, shapeInWords, type Tensor } from '../tape/tensor.ts';
import { type Factor, product } from './matmul.ts';
import { gatherPatches, scatterPatches } from './patches.ts';
import { addToRows, sumOfRows } from './rows.ts';
import { type WindowOptions, type Windows, windowsOf } from './windows.ts';

/** Numbers of one tile of patches: half a megabyte in float32, which stays near the processor. */
const TILE = 2 ** 17;

/**
 * Convolution (cross-correlation) of images: x n × h × w × c, W m × kh × kw × c (a row for each output channel), b m
 * or none; y n × h′ × w′ × m.
 *
 *     y[i, p, q] = b + Σ_{r,s} W[r, s]·x[i, p·stride + r − top, q·stride + s − left]
 *
 * What the windows see is laid out a tile of rows at a time, each with one product by Wᵀ: memory does not grow with
 * the images. Channels come last, so that a window is kh runs of memory and the products are rows of the result.
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
  const tiles = tilesOf(windows, m);
  return operation('conv2d', inputs, [windows.n, windows.down, windows.across, m], {
    async forward({ engine, inputs: [images, w, b], out, room }) {
      const patches = room(tiles.rows * tiles.k);
      for (const tile of tiles.all) {
        const seen = tile.of(patches, tiles.k);
        gatherPatches(images, windows, tile.first, tile.count, seen[0]);
        const part = tile.at(out, m);
        await product(engine, seen, [w, m, tiles.k], part, { transposeB: true });
        if (b) addToRows(part[0], b);
      }
    },
    async backward(pass) {
      const [toX, toW, toB] = pass.to;
      if (toW) await weightGradient(pass, windows, tiles, toW);
      if (toX) await imageGradient(pass, windows, tiles, toX);
      if (toB) sumOfRows(pass.gradient, toB);
    },
  });
}

interface Tile {
  readonly first: number;
  readonly count: number;
  /** The first rows of an array that serves one tile after the other. */
  of(data: Floats, cols: number): Factor;
  /** The tile's own rows of an array that has a row for every window. */
  at(data: Floats, cols: number): Factor;
}

interface Tiles {
  /** Numbers a window sees. */
  readonly k: number;
  readonly m: number;
  readonly rows: number;
  readonly all: readonly Tile[];
}

function tilesOf(
  { n, down, across, channels, kernelHeight, kernelWidth }: Windows,
  m: number,
): Tiles {
  const k = kernelHeight * kernelWidth * channels;
  const total = n * down * across;
  const rows = Math.min(total, Math.max(1, Math.floor(TILE / k)));
  const all = Array.from({ length: Math.ceil(total / rows) }, (_, i): Tile => {
    const first = i * rows;
    const count = Math.min(rows, total - first);
    return {
      first,
      count,
      of: (data, cols) => [data.subarray(0, count * cols), count, cols],
      at: (data, cols) => [data.subarray(first * cols, (first + count) * cols), count, cols],
    };
  });
  return { k, m, rows, all };
}

/** ∂L/∂W = Σ over tiles of Gᵀ·patches, in float64. */
async function weightGradient(
  { engine, inputs: [images], gradient, room }: BackwardPass,
  windows: Windows,
  { k, m, rows, all }: Tiles,
  toW: Floats,
): Promise<void> {
  const patches = room(rows * k);
  const sums = new Float64Array(m * k);
  for (const tile of all) {
    const seen = tile.of(patches, k);
    gatherPatches(images, windows, tile.first, tile.count, seen[0]);
    await product(engine, tile.at(gradient, m), seen, [toW, m, k], { transposeA: true });
    for (let e = 0; e < sums.length; e++) sums[e] += toW[e];
  }
  toW.set(sums);
}

/** ∂L/∂x: G·W, each number added to the place its window read. */
async function imageGradient(
  { engine, inputs: [, w], gradient, room }: BackwardPass,
  windows: Windows,
  { k, m, rows, all }: Tiles,
  toX: Floats,
): Promise<void> {
  const patches = room(rows * k);
  toX.fill(0);
  for (const tile of all) {
    const part = tile.of(patches, k);
    await product(engine, tile.at(gradient, m), [w, m, k], part);
    scatterPatches(part[0], windows, tile.first, tile.count, toX);
  }
}
