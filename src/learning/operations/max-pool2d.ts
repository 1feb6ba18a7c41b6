import type { Floats } from '../../core/matrix.ts';
import { operation, type Tensor } from '../tape/tensor.ts';
import { placesOf, type WindowOptions, type Windows, windowsOf } from './windows.ts';

/**
 * The largest number of each channel in windows of size × size places: x n × h × w × c, y n × h′ × w′ × c. The
 * gradient goes to the first place that holds it. Padding is never the largest.
 *
 * @param options by default stride `size`, windows side by side, and padding `valid`
 */
export function maxPool2d(
  x: Tensor,
  size: number,
  { stride = size, padding = 'valid' }: WindowOptions = {},
): Tensor {
  const windows = windowsOf('maxPool2d', x, [size, size], stride, padding);
  const { n, down, across, channels } = windows;
  const holders = new Int32Array(n * down * across * channels);
  return operation('maxPool2d', [x], [n, down, across, channels], {
    forward: ({ inputs: [images], out }) => largest(images, windows, out, holders),
    backward({ gradient, to: [toX] }) {
      if (!toX) return;
      toX.fill(0);
      for (let e = 0; e < gradient.length; e++) toX[holders[e]] += gradient[e];
    },
  });
}

/** The largest numbers, and the first place that holds each. */
function largest(images: Floats, windows: Windows, out: Floats, holders: Int32Array): void {
  const { width, channels } = windows;
  const places = new Int32Array(4);
  for (let window = 0, at = 0; at < out.length; window++, at += channels) {
    placesOf(windows, window, places);
    const first = (places[0] * width + places[2]) * channels;
    for (let c = 0; c < channels; c++) {
      out[at + c] = images[first + c];
      holders[at + c] = first + c;
    }
    for (let row = places[0]; row < places[1]; row++) {
      for (let col = places[2]; col < places[3]; col++) {
        const from = (row * width + col) * channels;
        for (let c = 0; c < channels; c++) {
          const value = images[from + c];
          // NaN is larger than all, and stays: nothing compares with it.
          if (value > out[at + c] || Number.isNaN(value)) {
            out[at + c] = value;
            holders[at + c] = from + c;
          }
        }
      }
    }
  }
}
