import { gathered, row } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer, number } from '../../method/options.ts';
import type { ImageShape } from '../../numerics/images/causal-neighbors.ts';
import { normalTail } from '../../numerics/laws/normal.ts';
import { meanOf, squaresAboutMean } from '../../numerics/statistics/averages.ts';
import { meanEstimate, normalInterval } from '../../numerics/statistics/intervals.ts';
import { simulatedInterval } from '../../numerics/statistics/simulated-interval.ts';
import { defineComparison } from './define.ts';
import { imageEmbedder, shapeOfImages, valueDistances } from './support/images.ts';
import type { Expected, Pair } from './types.ts';

/** Steps of the inner loops that all images may take, some ten seconds of them. */
const MOST_STEPS = 1e10;
const FEWEST_IMAGES = 20;
/** Pairs of images that do not belong together, for the null. */
const UNRELATED = 40;

/**
 * LASI, the linear autoregressive similarity index: how far apart two images look, without anything learned before.
 *
 *     d(x, y) = (1/P) Σₚ ‖e_p(x) − e_p(y)‖,   e_p = θ_p/‖θ_p‖
 *     θ_p = argmin Σ_{j<p} 0.8^(‖p − j‖₁) (x_j − ⟨θ, n_j⟩)² + λ‖θ‖²
 *
 * Each row of A and B (n × P) is an image of P values: row by row of pixels, the channels of a pixel side by side. n_j holds
 * the N nearest values before value j, 0 where there are fewer; θ_p is what predicts the surroundings of p from what came
 * before, and the distance of two images is the mean distance of these directions, 0 to 2. The value is the mean over the
 * rows; the null is that of images that do not belong together. Where images are too many, a seeded sample.
 *
 * @remarks
 * Use it on pictures and what a codec, a generator or a filter made of them: it sees noise, blur and blocks, and forgives
 * light and contrast, where the mean squared error cannot tell them apart. λ is in squared units of the values: the default
 * is meant for 0 to 255. `height` and `width` of 0 stand for square images. O(P·N³) an image, for sums that are exact.
 *
 * @example
 * import { matrix, Random } from 'tammes';
 * import { lasi } from 'tammes/comparisons';
 *
 * // A picture; the same 12 lighter; the same with noise of deviation 12: the squared error is one.
 * const random = Random.fromSeed(1);
 * const picture = Float64Array.from({ length: 400 }, (_, p) => 120 + 80 * Math.sin(p / 31) * Math.cos(p / 7));
 * const as = (change) => matrix(picture.map((x) => x + change()), 1, 400);
 * const lighter = await lasi({ a: as(() => 0), b: as(() => 12) }, { neighbors: 8 });
 * const noisy = await lasi({ a: as(() => 0), b: as(() => 12 * random.normal()) }, { neighbors: 8 });
 * console.log(lighter.value < 0.1, noisy.value > 0.3); // true true
 *
 * @function
 */
export const lasi = /* @__PURE__ */ defineComparison({
  id: 'lasi',
  title: 'LASI (distance of images)',
  summary: 'How far apart images look, by the weights that predict each value from those before.',
  references: [
    cite(papers.lasiLinearPredictionPerceptualMetric, 'the embedding of pixels and its distance'),
  ],
  deviations: [
    'The sums over all earlier values are taken by recursions along rows and columns: exact, in O(P·N²).',
    'Systems are solved by Cholesky factors, as λ > 0 makes them positive definite, in place of pseudo-inverses.',
  ],
  options: {
    neighbors: integer(10, 'Values before each one from which it is predicted.', {
      min: 1,
      max: 64,
      symbol: 'N',
    }),
    height: integer(0, 'Pixels from top to bottom; 0: as many as the values make up.', { min: 0 }),
    width: integer(0, 'Pixels from left to right; 0: as many as the values make up.', { min: 0 }),
    channels: integer(1, 'Values of a pixel: 1 for gray, 3 for colors.', { min: 1, max: 16 }),
    ridge: number(80 / 127.5, 'Penalty of the weights, for values of 0 to 255.', {
      min: 1e-9,
      symbol: 'λ',
    }),
  },
  kind: 'distance',
  range: [0, 2],
  rows: 'paired',
  columns: 'same',
  compare(pair, { neighbors, ridge, ...asked }) {
    const values = pair.a.cols;
    const found = shapeOfImages('lasi', values, asked);
    const shape = found ?? { height: 1, width: values, channels: 1 };
    const embed = imageEmbedder(shape, { neighbors, ridge });
    const steps = 2 * values * (4 * neighbors ** 2 + neighbors ** 3 / 2 + 50);
    const m = Math.min(pair.n, Math.max(FEWEST_IMAGES, Math.floor(MOST_STEPS / steps)));
    const rows = pair.someRows(m);
    const distances = Float64Array.from(rows, (i) =>
      meanOf(valueDistances(embed(row(pair.a, i)), embed(row(pair.b, i)))),
    );
    const { value, low, high } = normalInterval(meanEstimate(distances));
    const expected = m > 1 ? unrelated(pair, embed, shape, value) : undefined;
    return {
      value,
      ...(m > 1 ? { low: Math.max(0, low), high: Math.min(2, high) } : {}),
      ...(expected ? { null: expected } : {}),
      warnings: [
        ...(found
          ? []
          : [
              `${values} values are no square: each image is taken as one row of pixels; height and width say otherwise.`,
            ]),
        ...(m < pair.n ? [`mean over a sample of ${m} of the ${pair.n} images.`] : []),
      ],
    };
  },
});

/** The mean distance of images in different rows. */
function unrelated(
  pair: Pair,
  embed: ReturnType<typeof imageEmbedder>,
  shape: ImageShape,
  value: number,
): Expected | undefined {
  const budget = Math.floor(4e6 / (shape.height * shape.width * shape.channels));
  const rows = pair.someRows(Math.min(pair.n, Math.max(2, Math.min(UNRELATED, budget))));
  const [a, b] = [pair.a, pair.b].map((side) =>
    Array.from({ length: rows.length }, (_, i) => embed(row(gathered(side, rows), i))),
  );
  const random = pair.random('unrelated images');
  const draws = Array.from(rows, (_, i) => {
    const other = (i + 1 + random.integer(rows.length - 1)) % rows.length;
    return meanOf(valueDistances(a[i], b[other]));
  });
  const n = pair.n;
  const { mean, low, high } = simulatedInterval(draws, 1, n);
  const error = Math.sqrt(
    (squaresAboutMean(draws) / Math.max(1, draws.length - 1)) * (1 / n + 1 / draws.length),
  );
  const tested = error > 0 ? { pValue: normalTail((mean - value) / error) } : {};
  const how = `images of different rows: ${draws.length} pairs, normal law`;
  return { value: mean, low: Math.max(0, low), high: Math.min(2, high), ...tested, how };
}
