import type { Floats } from '../../core/matrix.ts';
import type { View } from '../../learning/index.ts';

/**
 * A view of an image of side × side pixels in a row: shifted by up to `by` pixels in both directions, what comes in being 0,
 * and normal noise on every pixel.
 */
export function shiftedView(side: number, by: number, noise: number): View {
  return (image: Floats, out: Floats, random) => {
    const [down, right] = [random.integer(2 * by + 1) - by, random.integer(2 * by + 1) - by];
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const [fromY, fromX] = [y - down, x - right];
        const inside = fromY >= 0 && fromY < side && fromX >= 0 && fromX < side;
        const value = inside ? image[fromY * side + fromX] : 0;
        out[y * side + x] = noise > 0 ? value + noise * random.normal() : value;
      }
    }
  };
}

/** The mean of every square of 2 × 2 pixels of images of side × side in rows. */
export function halved(images: ArrayLike<number>, side: number): Float32Array {
  const half = side >> 1;
  const out = new Float32Array(Math.floor(images.length / (side * side)) * half * half);
  for (let e = 0; e < out.length; e++) {
    const [i, place] = [Math.floor(e / (half * half)), e % (half * half)];
    const at = i * side * side + 2 * Math.floor(place / half) * side + 2 * (place % half);
    out[e] = (images[at] + images[at + 1] + images[at + side] + images[at + side + 1]) / 4;
  }
  return out;
}
