import { OptionError } from '../../../core/errors.ts';
import type { Floats } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { View } from '../../../learning/index.ts';
import type { Scaling } from './inputs.ts';

/** How two views of a row come to differ; each step is left out at its first value. */
export interface ViewSettings {
  /** Least side of a random window, as a share of the image's, that is stretched to the whole image; 1. */
  readonly crop: number;
  /** Pixels by which an image moves at most, up or down and left or right; 0. */
  readonly shift: number;
  /** Share of the columns that are set to their mean; 0. */
  readonly masked: number;
  /** Deviation of the noise added to each column, in deviations of the rows; 0. */
  readonly noise: number;
}

/** A random view of rows of `cols` numbers: window, shift, mask and noise, in this order. */
export function viewOf(
  where: string,
  { crop, shift, masked, noise }: ViewSettings,
  cols: number,
  { mean, deviation }: Scaling,
): View {
  const moves = crop < 1 || shift > 0;
  const side = Math.sqrt(cols);
  if (moves && !Number.isInteger(side))
    throw new OptionError(
      where,
      crop < 1 ? 'crop' : 'shift',
      `${crop < 1 ? 1 : 0} for rows of ${cols} numbers, which are no square image`,
      crop < 1 ? crop : shift,
    );
  return (row, out, random) => {
    if (moves) drawWindow(row, out, side, crop, shift, random);
    else out.set(row);
    if (masked > 0) maskInPlace(out, mean, masked, random);
    if (noise > 0) {
      const size = noise * deviation;
      for (let c = 0; c < cols; c++) out[c] += size * random.normal();
    }
  };
}

/**
 * Writes a random square window of the image, stretched to its size by linear interpolation and moved by whole pixels;
 * what lies outside is 0.
 */
function drawWindow(
  image: Floats,
  out: Floats,
  side: number,
  crop: number,
  shift: number,
  random: Random,
): void {
  const share = crop < 1 ? crop + (1 - crop) * random.uniform() : 1;
  const free = (1 - share) * (side - 1);
  const top = free * random.uniform();
  const left = free * random.uniform();
  const down = shift > 0 ? random.integer(2 * shift + 1) - shift : 0;
  const right = shift > 0 ? random.integer(2 * shift + 1) - shift : 0;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const fromY = y - down;
      const fromX = x - right;
      const inside = fromY >= 0 && fromY < side && fromX >= 0 && fromX < side;
      out[y * side + x] = inside
        ? pixelAt(image, side, top + share * fromY, left + share * fromX)
        : 0;
    }
  }
}

/** The value between pixels, at a place inside the image. */
function pixelAt(image: Floats, side: number, y: number, x: number): number {
  const top = Math.floor(y);
  const left = Math.floor(x);
  const below = Math.min(side - 1, top + 1);
  const beside = Math.min(side - 1, left + 1);
  const v = y - top;
  const u = x - left;
  const upper = (1 - u) * image[top * side + left] + u * image[top * side + beside];
  const lower = (1 - u) * image[below * side + left] + u * image[below * side + beside];
  return (1 - v) * upper + v * lower;
}

/** Sets each column to its mean with the probability given: one draw of 32 bits decides it. */
function maskInPlace(
  row: Floats,
  mean: readonly number[],
  probability: number,
  random: Random,
): void {
  const limit = probability * 2 ** 32;
  for (let c = 0; c < row.length; c++) if (random.uint32() < limit) row[c] = mean[c];
}
