import type { Floats } from '../../core/matrix.ts';
import { imageOf, leftOf, topOf, type Windows } from './windows.ts';

/**
 * Adds each number that `count` windows from number `first` on saw, a row each, to the place it was read from:
 * kernelHeight × kernelWidth × channels. Windows are numbered image by image, row by row.
 */
export function scatterPatches(
  patches: Floats,
  windows: Windows,
  first: number,
  count: number,
  images: Floats,
): void {
  const { width, channels, kernelHeight, kernelWidth } = windows;
  const run = kernelWidth * channels;
  let at = 0;
  for (let window = first; window < first + count; window++) {
    const image = imageOf(windows, window) * windows.height;
    const y = topOf(windows, window);
    const x = leftOf(windows, window);
    const from = Math.max(0, -x) * channels;
    const to = Math.min(kernelWidth, width - x) * channels;
    for (let row = y; row < y + kernelHeight; row++, at += run) {
      if (row < 0 || row >= windows.height) continue;
      const target = ((image + row) * width + x) * channels;
      for (let e = from; e < to; e++) images[target + e] += patches[at + e];
    }
  }
}
