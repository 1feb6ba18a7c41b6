import { OptionError, ShapeError } from '../../core/errors.ts';
import type { Patches } from '../../engine/kernels/matmul/patches.ts';
import { shapeInWords, type Tensor } from '../tape/tensor.ts';

export interface WindowOptions {
  /** Places from one window to the next, in both directions. */
  readonly stride?: number;
  /**
   * `valid`: only windows inside the image. `same`: ⌈length/stride⌉ windows, the image amid as much padding as that
   * takes, the odd place at its end.
   */
  readonly padding?: 'valid' | 'same';
}

/** The windows that slide over images n × height × width × channels. */
export type Windows = Patches;

export function windowsOf(
  where: string,
  { shape }: Tensor,
  [kernelHeight, kernelWidth]: readonly [number, number],
  stride: number,
  padding: 'valid' | 'same',
): Windows {
  const [n, height, width, channels] = shape;
  if (shape.length !== 4)
    throw new ShapeError(where, 'images n × height × width × channels', shapeInWords(shape));
  if (!Number.isInteger(stride) || stride < 1)
    throw new OptionError(where, 'stride', 'a whole number from 1', stride);
  if (padding !== 'valid' && padding !== 'same')
    throw new OptionError(where, 'padding', 'valid or same', padding);
  const kernel = `${kernelHeight} × ${kernelWidth}`;
  if (padding === 'valid' && (height < kernelHeight || width < kernelWidth))
    throw new ShapeError(
      where,
      `images of ${kernel} places or more, or padding: same`,
      `${height} × ${width}`,
    );
  const [down, top] = along(height, kernelHeight, stride, padding);
  const [across, left] = along(width, kernelWidth, stride, padding);
  const kernelSides = { kernelHeight, kernelWidth, stride };
  return { n, height, width, channels, ...kernelSides, down, across, top, left };
}

/** How many windows fit along one side, and how much padding comes before it. */
function along(
  length: number,
  kernel: number,
  stride: number,
  padding: 'valid' | 'same',
): [count: number, before: number] {
  if (padding === 'valid') return [Math.floor((length - kernel) / stride) + 1, 0];
  const count = Math.ceil(length / stride);
  return [count, Math.floor(Math.max((count - 1) * stride + kernel - length, 0) / 2)];
}

/**
 * The places of all images, stacked, that a window sees: [first row, row after the last, first column, column after
 * the last] into `to`. Windows are numbered image by image, row by row.
 */
export function placesOf(windows: Windows, window: number, to: Int32Array): void {
  const { height, width } = windows;
  const image = imageOf(windows, window) * height;
  const y = topOf(windows, window);
  const x = leftOf(windows, window);
  to[0] = image + Math.max(y, 0);
  to[1] = image + Math.min(y + windows.kernelHeight, height);
  to[2] = Math.max(x, 0);
  to[3] = Math.min(x + windows.kernelWidth, width);
}

export function imageOf({ down, across }: Windows, window: number): number {
  return Math.floor(window / (down * across));
}

/** The row of its image at which a window begins; negative in the padding. */
export function topOf({ down, across, stride, top }: Windows, window: number): number {
  return (Math.floor(window / across) % down) * stride - top;
}

/** The column at which a window begins; negative in the padding. */
export function leftOf({ across, stride, left }: Windows, window: number): number {
  return (window % across) * stride - left;
}
