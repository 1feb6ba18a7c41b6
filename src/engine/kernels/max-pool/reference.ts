import type { Pool } from './contract.ts';

/** The largest of every channel in one window. */
export function poolWindow({ images, windows, out, places }: Pool, window: number): void {
  const { height, width, channels, down, across, stride } = windows;
  const image = Math.floor(window / (down * across)) * height;
  const y = (Math.floor(window / across) % down) * stride - windows.top;
  const x = (window % across) * stride - windows.left;
  const at = window * channels;
  out.data.fill(-Infinity, at, at + channels);
  places.fill(-1, at, at + channels);
  for (let row = Math.max(y, 0); row < Math.min(y + windows.kernelHeight, height); row++) {
    for (let col = Math.max(x, 0); col < Math.min(x + windows.kernelWidth, width); col++) {
      const from = ((image + row) * width + col) * channels;
      for (let c = 0; c < channels; c++) {
        const best = out.data[at + c];
        const value = images.data[from + c];
        if (places[at + c] >= 0 && (value <= best || Number.isNaN(best))) continue;
        out.data[at + c] = value;
        places[at + c] = from + c;
      }
    }
  }
}
