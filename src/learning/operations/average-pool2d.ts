import type { Floats } from '../../core/matrix.ts';
import { operation, type Tensor } from '../tape/tensor.ts';
import { placesOf, type WindowOptions, type Windows, windowsOf } from './windows.ts';

/**
 * The mean of each channel in windows of size × size places: x n × h × w × c, y n × h′ × w′ × c. Padding does not
 * count.
 *
 * @param options by default stride `size`, windows side by side, and padding `valid`
 */
export function averagePool2d(
  x: Tensor,
  size: number,
  { stride = size, padding = 'valid' }: WindowOptions = {},
): Tensor {
  const windows = windowsOf('averagePool2d', x, [size, size], stride, padding);
  const { n, down, across, channels } = windows;
  return operation('averagePool2d', [x], [n, down, across, channels], {
    forward: ({ inputs: [images], out }) => average(images, windows, out),
    backward({ gradient, to: [toX] }) {
      if (toX) spread(gradient, windows, toX);
    },
  });
}

function average(images: Floats, windows: Windows, out: Floats): void {
  const { width, channels } = windows;
  const places = new Int32Array(4);
  const sums = new Float64Array(channels);
  for (let window = 0, at = 0; at < out.length; window++, at += channels) {
    placesOf(windows, window, places);
    const share = 1 / ((places[1] - places[0]) * (places[3] - places[2]));
    sums.fill(0);
    for (let row = places[0]; row < places[1]; row++) {
      for (let col = places[2]; col < places[3]; col++) {
        const from = (row * width + col) * channels;
        for (let c = 0; c < channels; c++) sums[c] += images[from + c];
      }
    }
    for (let c = 0; c < channels; c++) out[at + c] = share * sums[c];
  }
}

function spread(gradient: Floats, windows: Windows, toX: Floats): void {
  const { width, channels } = windows;
  const places = new Int32Array(4);
  toX.fill(0);
  for (let window = 0, at = 0; at < gradient.length; window++, at += channels) {
    placesOf(windows, window, places);
    const share = 1 / ((places[1] - places[0]) * (places[3] - places[2]));
    for (let row = places[0]; row < places[1]; row++) {
      for (let col = places[2]; col < places[3]; col++) {
        const to = (row * width + col) * channels;
        for (let c = 0; c < channels; c++) toX[to + c] += share * gradient[at + c];
      }
    }
  }
}
