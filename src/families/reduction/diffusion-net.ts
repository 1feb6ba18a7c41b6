import { alike, type Matrix } from '../../core/matrix.ts';
import {
  add,
  constant,
  linear,
  mean,
  meanSquaredError,
  scale,
  sparseProduct,
  square,
  subtract,
  sum,
  type Tensor,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer, number } from '../../method/options.ts';
import { randomWalk } from '../../structures/spectra/diffusion-operator.ts';
import { defineReduction } from './define.ts';
import {
  type Coder,
  coder,
  coderArrays,
  codesOf,
  rowsOfCodes,
  scaled,
  scalingOf,
} from './support/coder.ts';
import {
  type DiffusionCoordinates,
  diffusionCoordinates,
  diffusionOptions,
} from './support/diffusion.ts';
import { rowDistances } from './support/reconstruction.ts';
import { trainMap } from './support/trained-map.ts';

/**
 * Diffusion net: an encoder f that learns the coordinates of a diffusion map, held to being eigenvectors, and a decoder g back
 * to the rows.
 *
 *     L_f = 1/nm Σᵢ ‖f(xᵢ) − yᵢ‖² + η/n Σⱼ ‖(P − λⱼI) fⱼ(X)‖²,   L_g = 1/nd Σᵢ ‖g(yᵢ) − xᵢ‖²
 *
 * with X n × d less its mean and over its deviation, yᵢ the m diffusion coordinates of row i, P the walk and λ its eigenvalues as in
 * `diffusion-map`; both with the squares of the last layer's weights beside. New rows lie at f(x), the fitted ones too.
 *
 * @remarks Use it to place new rows on a diffusion map without keeping the fitted ones, to go back from the map to rows
 * (`reconstructed`), and to find rows that do not lie where the fitted ones do (`outlierScores`). For few rows Nyström's
 * extension, `diffusion-map`, is nearer to the map. Every step sees all rows: O(n(dh + h²)) each with h hidden columns.
 * @example
 * import { matrix } from 'tammes';
 * import { diffusionNet, outlierScores } from 'tammes/reduction';
 *
 * // Half a circle; a row off it stands out.
 * const angles = Array.from({ length: 80 }, (_, i) => (Math.PI * i) / 79);
 * const arc = matrix(new Float64Array(angles.flatMap((t) => [Math.cos(t), Math.sin(t)])), 80, 2);
 * const { model } = await diffusionNet(arc, { dim: 1, hidden: 16, steps: 500 });
 * const scores = await outlierScores(model, matrix(Float64Array.of(0, 1, 0, 0.3), 2, 2));
 * console.log(scores[1] > 5 * scores[0]); // true
 * @function
 */
export const diffusionNet = /* @__PURE__ */ defineReduction({
  id: 'diffusion-net',
  title: 'Diffusion net',
  summary:
    'A diffusion map that was learned: new rows in, rows back out, outliers by the difference.',
  references: [cite(papers.diffusionNets, 'equations 12 and 15, the authors’ code')],
  dims: { usual: 2 },
  uses: ['neighbors', 'checkpoint'],
  options: {
    ...diffusionOptions,
    eta: number(100, 'Weight of being eigenvectors.', { min: 0, symbol: 'η' }),
    hidden: integer(64, 'Columns of each hidden layer.', { min: 1 }),
    layers: integer(2, 'Hidden layers.', { min: 1, max: 8 }),
    decay: number(1e-4, 'Weight of the squares of the last layers.', { min: 0 }),
    steps: integer(2000, 'Steps, each over all rows.', { min: 1 }),
    learningRate: number(0.01, 'Rate of Adam at the start.', { min: 0 }),
  },
  deviations: [
    'No layers are trained as sparse autoencoders first; hidden layers have tanh, the last one a shift.',
    'The learning rate falls along half a cosine; rows are less their mean and over their deviation.',
  ],
  async fit(points, options, context) {
    const { dim, hidden, layers, steps, learningRate, seed } = options;
    const found = await diffusionCoordinates('diffusion-net', points, options, context);
    const sizes = [points.cols, ...new Array<number>(layers).fill(hidden), dim];
    const networks = coder(sizes, seed, points.data);
    const { mean: middle, deviation } = scalingOf(points);
    const task = { x: scaled(points, middle, deviation), found, options, networks };
    const training = { id: 'diffusion-net', points, options, steps, learningRate };
    await trainMap({ ...training, loss: lossOf(task) }, context);
    const fitted = {
      settings: { sizes, deviation },
      arrays: coderArrays(networks, middle),
    };
    const placed = await codesOf(fitted, points, context);
    const rebuilt = await rowsOfCodes(fitted, placed, context);
    const distances = rowDistances(points, rebuilt);
    const meanDistance = distances.reduce((total, distance) => total + distance, 0) / points.rows;
    return {
      settings: { ...fitted.settings, meanDistance },
      arrays: fitted.arrays,
      points: placed,
      facts: {
        ...found.facts,
        encoderError: relativeError(placed, found.coordinates),
        reconstruction: relativeError(rebuilt, points),
      },
      warnings: found.warnings,
    };
  },
  place: codesOf,
});

interface Task {
  /** Scaled. */
  readonly x: Matrix;
  readonly found: DiffusionCoordinates;
  readonly options: { readonly eta: number; readonly decay: number };
  readonly networks: Coder;
}

/** The losses of encoder and decoder, whose parameters are not shared: their sum trains both. */
function lossOf({ x, found, options: { eta, decay }, networks: { encoder, decoder } }: Task) {
  const { rows: n, cols: d } = x;
  const m = found.eigenvalues.length;
  const input = constant(x.data, [n, d]);
  const wanted = constant(alike(found.coordinates, x).data, [n, m]);
  const walk = randomWalk(found.operator);
  const diagonal = new Float64Array(m * m);
  found.eigenvalues.forEach((value, c) => {
    diagonal[c * m + c] = value;
  });
  const values = constant(alike({ data: diagonal, rows: m, cols: m }, x).data, [m, m]);
  const shrunk = [encoder, decoder].map(({ parameters }) => parameters.at(-2) as Tensor);
  return () => {
    const layout = encoder(input);
    const off = subtract(sparseProduct(walk, layout), linear(layout, values));
    const terms = [
      meanSquaredError(layout, wanted),
      scale(mean(square(off)), eta * m),
      meanSquaredError(decoder(wanted), input),
      ...shrunk.map((weight) => scale(sum(square(weight)), decay / 2)),
    ];
    return { loss: terms.reduce((a, b) => add(a, b)), layout };
  };
}

/** Σ ‖a − b‖²/Σ ‖b − mean‖², rows by rows. */
function relativeError(a: Matrix, b: Matrix): number {
  const { mean: middle } = scalingOf(b);
  let [off, all] = [0, 0];
  for (let e = 0; e < b.data.length; e++) {
    off += (a.data[e] - b.data[e]) ** 2;
    all += (b.data[e] - middle[e % b.cols]) ** 2;
  }
  return all > 0 ? off / all : 0;
}
