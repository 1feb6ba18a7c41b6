import { operation, type Tensor } from '../tape/tensor.ts';
import { type WindowOptions, windowsOf } from './windows.ts';

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
    forward({ engine, inputs: [data], out }) {
      const images = { data, rows: data.length / channels, cols: channels };
      const largest = { data: out, rows: out.length / channels, cols: channels };
      return engine.maxPool(images, windows, largest, holders);
    },
    backward({ gradient, to: [toX] }) {
      if (!toX) return;
      toX.fill(0);
      for (let e = 0; e < gradient.length; e++) toX[holders[e]] += gradient[e];
    },
  });
}
