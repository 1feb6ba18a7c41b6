import type { Matrix } from '../../core/matrix.ts';
import { cos, exp } from '../../core/numeric.ts';
import type { Random } from '../../core/random.ts';

/** A square gray image, row by row. */
export type Gray = Float64Array;

/** Twice as many pixels a side, by linear interpolation between their centers. */
export function enlarged(image: ArrayLike<number>, side: number): Gray {
  const at = (y: number, x: number) => {
    const [r, c] = [y, x].map((place) => Math.min(side - 1, Math.max(0, place)));
    return image[r * side + c];
  };
  return Float64Array.from({ length: 4 * side * side }, (_, p) => {
    const [y, x] = [Math.floor(p / (2 * side)), p % (2 * side)].map((place) => place / 2 - 0.25);
    const [r, c] = [Math.floor(y), Math.floor(x)];
    const [v, u] = [y - r, x - c];
    return (
      (1 - v) * ((1 - u) * at(r, c) + u * at(r, c + 1)) +
      v * ((1 - u) * at(r + 1, c) + u * at(r + 1, c + 1))
    );
  });
}

export function noisy(image: Gray, deviation: number, random: Random): Gray {
  return image.map((x) => x + deviation * random.normal());
}

/** A Gaussian of this deviation in pixels, along rows and then along columns; edges are repeated. */
export function blurred(image: Gray, deviation: number): Gray {
  const side = Math.sqrt(image.length);
  const reach = Math.ceil(3 * deviation);
  const shares = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    exp(-((i - reach) ** 2) / (2 * deviation ** 2)),
  );
  const total = shares.reduce((sum, x) => sum + x, 0);
  const along = (from: Gray, step: number, place: (p: number) => number) =>
    from.map((_, p) => {
      let sum = 0;
      for (const [i, share] of shares.entries()) {
        const moved = Math.min(side - 1, Math.max(0, place(p) + i - reach));
        sum += (share / total) * from[p + (moved - place(p)) * step];
      }
      return sum;
    });
  return along(
    along(image, 1, (p) => p % side),
    side,
    (p) => Math.floor(p / side),
  );
}

const BLOCK = 8;
/** The cosines of a block's transform, orthonormal. */
const COSINES = Float64Array.from({ length: BLOCK * BLOCK }, (_, at) => {
  const [k, i] = [Math.floor(at / BLOCK), at % BLOCK];
  const scale = Math.sqrt((k === 0 ? 1 : 2) / BLOCK);
  return scale * cos((Math.PI * k * (2 * i + 1)) / (2 * BLOCK));
});

/** What JPEG does: the cosine transform of blocks of 8 × 8, rounded to steps that grow with the frequency. */
export function blocky(image: Gray, step: number): Gray {
  const side = Math.sqrt(image.length);
  const out = image.slice();
  const block = new Float64Array(BLOCK * BLOCK);
  for (let y = 0; y < side; y += BLOCK) {
    for (let x = 0; x < side; x += BLOCK) {
      const place = (at: number) => (y + Math.floor(at / BLOCK)) * side + x + (at % BLOCK);
      for (let at = 0; at < block.length; at++) block[at] = image[place(at)];
      const found = turned(block, true).map((value, at) => {
        const width = step * (1 + Math.floor(at / BLOCK) + (at % BLOCK));
        return width * Math.round(value / width);
      });
      const back = turned(found, false);
      for (let at = 0; at < back.length; at++) out[place(at)] = back[at];
    }
  }
  return out;
}

/** C·B·Cᵀ, or Cᵀ·B·C. */
function turned(block: Float64Array, forwards: boolean): Float64Array {
  const c = (k: number, i: number) => COSINES[forwards ? k * BLOCK + i : i * BLOCK + k];
  const half = (of: Float64Array) => {
    const out = new Float64Array(BLOCK * BLOCK);
    for (let k = 0; k < BLOCK; k++)
      for (let i = 0; i < BLOCK; i++)
        for (let j = 0; j < BLOCK; j++) out[j * BLOCK + k] += c(k, i) * of[i * BLOCK + j];
    return out;
  };
  // Each half transposes.
  return half(half(block));
}

export function squaredError(a: Gray, b: Gray): number {
  return a.reduce((sum, x, p) => sum + (x - b[p]) ** 2, 0) / a.length;
}

/** The change of an image, as much of it as has this mean squared error. */
export function scaledTo(error: number, image: Gray, changed: Gray): Gray {
  const share = Math.sqrt(error / squaredError(image, changed));
  return image.map((x, p) => x + share * (changed[p] - x));
}

const WINDOW = 7;

/** 1 − SSIM (Wang et al. 2004), the mean over windows of 7 × 7, for values of 0 to 255. */
export function structuralDissimilarity(a: Gray, b: Gray): number {
  const side = Math.sqrt(a.length);
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  const n = WINDOW * WINDOW;
  let sum = 0;
  let windows = 0;
  for (let y = 0; y + WINDOW <= side; y++) {
    for (let x = 0; x + WINDOW <= side; x++, windows++) {
      let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
      for (let r = y; r < y + WINDOW; r++) {
        for (let p = r * side + x; p < r * side + x + WINDOW; p++) {
          sa += a[p];
          sb += b[p];
          saa += a[p] * a[p];
          sbb += b[p] * b[p];
          sab += a[p] * b[p];
        }
      }
      const [ma, mb] = [sa / n, sb / n];
      const [va, vb, cov] = [saa / n - ma * ma, sbb / n - mb * mb, sab / n - ma * mb];
      sum += ((2 * ma * mb + c1) * (2 * cov + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
    }
  }
  return 1 - sum / windows;
}

/** Some of the images, as values of 0 to 255, twice as wide and high. */
export function largeImages(images: Matrix, rows: ArrayLike<number>): Gray[] {
  const side = Math.sqrt(images.cols);
  return Array.from(rows, (i) =>
    enlarged(
      images.data.subarray(i * images.cols, (i + 1) * images.cols).map((x) => 255 * x),
      side,
    ),
  );
}
