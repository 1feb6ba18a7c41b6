import { OptionError, ShapeError } from '../../../core/errors.ts';
import { type Matrix, zerosLike } from '../../../core/matrix.ts';

/**
 * Windows of kernelHeight × kernelWidth places over images n × height × width × channels. They stand for a matrix
 * with a row for each window, image by image, row by row, of the kernelHeight · kernelWidth · channels numbers it
 * sees, 0 beyond the image. Window (p, q) begins at row p · stride − top and column q · stride − left.
 */
export interface Patches {
  readonly n: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly stride: number;
  /** Windows below and beside one another. */
  readonly down: number;
  readonly across: number;
  /** Places before the first row and column of the image that the first window sees. */
  readonly top: number;
  readonly left: number;
}

const COUNTS = [
  'n',
  'height',
  'width',
  'channels',
  'kernelHeight',
  'kernelWidth',
  'stride',
] as const;
const PLACES = ['down', 'across', 'top', 'left'] as const;

/** The shape of the matrix that the images stand for. */
export function patchShape(images: Matrix, patches: Patches): [rows: number, cols: number] {
  for (const name of [...COUNTS, ...PLACES]) {
    const whole = Number.isInteger(patches[name]);
    const least = COUNTS.some((count) => count === name) ? 1 : -Infinity;
    if (!whole || patches[name] < least)
      throw new OptionError('matmul', `patches.${name}`, 'a whole number', patches[name]);
  }
  const { n, height, width, channels, kernelHeight, kernelWidth, down, across } = patches;
  if (images.rows !== n * height * width || images.cols !== channels)
    throw new ShapeError(
      'matmul',
      `images of ${n} · ${height} · ${width} × ${channels}`,
      `${images.rows} × ${images.cols}`,
    );
  return [n * down * across, kernelHeight * kernelWidth * channels];
}

/** For the kernels, in the order their Job states; none: zeros. */
export function patchNumbers(patches: Patches | undefined): readonly number[] {
  if (!patches) return new Array(10).fill(0);
  const { kernelHeight, kernelWidth, stride, height, width, channels } = patches;
  const { down, across, top, left } = patches;
  return [kernelHeight, kernelWidth, height, width, channels, stride, down, across, top, left];
}

/** That matrix itself. */
export function patchMatrix(images: Matrix, patches: Patches): Matrix {
  const [rows, cols] = patchShape(images, patches);
  const { height, width, channels, kernelHeight, kernelWidth, stride, down, across } = patches;
  const out = zerosLike({ data: images.data, rows, cols });
  let at = 0;
  for (let window = 0; window < rows; window++) {
    const image = Math.floor(window / (down * across)) * height;
    const y = (Math.floor(window / across) % down) * stride - patches.top;
    const x = (window % across) * stride - patches.left;
    for (let row = y; row < y + kernelHeight; row++)
      for (let col = x; col < x + kernelWidth; col++, at += channels) {
        if (row < 0 || row >= height || col < 0 || col >= width) continue;
        const from = ((image + row) * width + col) * channels;
        for (let c = 0; c < channels; c++) out.data[at + c] = images.data[from + c];
      }
  }
  return out;
}
