/** Values that stand row by row, pixel by pixel, the channels of a pixel side by side. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  /** 1 for gray, 3 for red, green and blue. */
  readonly channels: number;
}

/** How many numbers an image of this shape has. */
export function valuesOf({ height, width, channels }: ImageShape): number {
  return height * width * channels;
}

/**
 * For each value of an image the `count` nearest ones before it, by |Δ row| + |Δ column| + |Δ channel|; of equally near
 * ones the earlier comes first. Places in the image, −1 after the last one there is: values × count.
 */
export function causalNeighbors(shape: ImageShape, count: number): Int32Array {
  const { height, width, channels } = shape;
  const out = new Int32Array(valuesOf(shape) * count).fill(-1);
  const farthest = height + width + channels - 3;
  let value = 0;
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      for (let k = 0; k < channels; k++, value++) {
        const most = Math.min(count, value);
        let found = 0;
        for (let reach = 1; found < most && reach <= farthest; reach++) {
          for (const place of placesAt(shape, r, c, k, reach)) {
            if (found === most) break;
            out[value * count + found] = place;
            found += 1;
          }
        }
      }
    }
  }
  return out;
}

/** The places before (r, c, k) at one distance from it, ascending. */
function placesAt(
  { height, width, channels }: ImageShape,
  r: number,
  c: number,
  k: number,
  reach: number,
): number[] {
  const own = (r * width + c) * channels + k;
  const places: number[] = [];
  for (let row = Math.max(0, r - reach); row <= Math.min(r, height - 1); row++) {
    for (let channel = 0; channel < channels; channel++) {
      const aside = reach - (r - row) - Math.abs(k - channel);
      if (aside < 0) continue;
      for (const column of aside === 0 ? [c] : [c - aside, c + aside]) {
        const place = (row * width + column) * channels + channel;
        if (column >= 0 && column < width && place < own) places.push(place);
      }
    }
  }
  return places.sort((a, b) => a - b);
}
