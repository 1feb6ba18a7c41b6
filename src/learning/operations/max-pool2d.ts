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
  return operation('maxPool2d', [x], [n, down, across, channels], {
    forward: ({ inputs: [images], out }) => largest(images, windows, out),
    backward({ inputs: [images], out, gradient, to: [toX] }) {
      if (toX) toFirstOfLargest(images, windows, out, gradient, toX);
    },
  });
}

function largest(images: Floats, windows: Windows, out: Floats): void {
  const { width, channels } = windows;
  const places = new Int32Array(4);
  out.fill(Number.NEGATIVE_INFINITY);
  for (let window = 0, at = 0; at < out.length; window++, at += channels) {
    placesOf(windows, window, places);
    for (let row = places[0]; row < places[1]; row++) {
      for (let col = places[2]; col < places[3]; col++) {
        const from = (row * width + col) * channels;
        // Math.max lets NaN through, where a comparison would hide it.
        for (let c = 0; c < channels; c++) out[at + c] = Math.max(out[at + c], images[from + c]);
      }
    }
  }
}

function toFirstOfLargest(
  images: Floats,
  windows: Windows,
  out: Floats,
  gradient: Floats,
  toX: Floats,
): void {
  const { channels } = windows;
  const places = new Int32Array(4);
  toX.fill(0);
  for (let window = 0, at = 0; at < out.length; window++, at += channels) {
    placesOf(windows, window, places);
    for (let c = 0; c < channels; c++) {
      const place = firstHolding(out[at + c], images, windows, places, c);
      if (place >= 0) toX[place] += gradient[at + c];
    }
  }
}

/** Where channel c of the window first holds `value`; −1 for NaN. */
function firstHolding(
  value: number,
  images: Floats,
  { width, channels }: Windows,
  places: Int32Array,
  c: number,
): number {
  for (let row = places[0]; row < places[1]; row++) {
    for (let col = places[2]; col < places[3]; col++) {
      const place = (row * width + col) * channels + c;
      if (images[place] === value) return place;
    }
  }
  return -1;
}
