import type { Floats } from '../../core/matrix.ts';
import { operation, type Shape, type Tensor } from '../tape/tensor.ts';
import { enlargedShape } from './enlarged.ts';

/**
 * Each place as factor × factor equal ones: x n × h × w × c, y n × factor·h × factor·w × c.
 *
 *     y[i, p, q] = x[i, ⌊p/factor⌋, ⌊q/factor⌋]
 *
 * The gradient of a place is the sum over those that came of it.
 */
export function upsampleNearest2d(x: Tensor, factor: number): Tensor {
  const shape = enlargedShape('upsampleNearest2d', x, factor);
  return operation('upsampleNearest2d', [x], shape, {
    forward({ inputs: [images], out }) {
      alongPlaces(shape, factor, (from, to, channels) => {
        for (let c = 0; c < channels; c++) out[to + c] = images[from + c];
      });
    },
    backward({ gradient, to: [toX] }) {
      if (toX) sumOfCopies(gradient, shape, factor, toX);
    },
  });
}

function sumOfCopies(gradient: Floats, shape: Shape, factor: number, toX: Floats): void {
  toX.fill(0);
  alongPlaces(shape, factor, (to, from, channels) => {
    for (let c = 0; c < channels; c++) toX[to + c] += gradient[from + c];
  });
}

/** Visits where each place of the large images begins, and the place of the small ones it comes from. */
function alongPlaces(
  [n, height, width, channels]: Shape,
  factor: number,
  visit: (small: number, large: number, channels: number) => void,
): void {
  const smallWidth = width / factor;
  let large = 0;
  for (let row = 0; row < n * height; row++) {
    const start = Math.floor(row / factor) * smallWidth;
    for (let col = 0; col < width; col++, large += channels)
      visit((start + Math.floor(col / factor)) * channels, large, channels);
  }
}
