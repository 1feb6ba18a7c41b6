import { OptionError } from '../../core/errors.ts';
import { type Floats, gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { constant, linear, parameter } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number } from '../../method/options.ts';
import { neighborGraph } from '../../structures/neighbors/neighbor-graph.ts';
import { defineReduction } from './define.ts';
import { blending, squaredDistancesTo } from './support/blended-maps.ts';
import { blendedPlaces } from './support/blended-places.ts';
import { scaled, scalingOf } from './support/coder.ts';
import { drawnPairs, nearPairs, pairStress, type RowPairs, stressOf } from './support/row-pairs.ts';
import { trainMap } from './support/trained-map.ts';
import type { FitContext } from './types.ts';

/**
 * A blend of linear maps, each at work near its own center: the result bends, and everywhere it can be read as a matrix.
 *
 *     y(x) = Σ_g a_g(x)·W_g·x,   a_g(x) ∝ exp(−‖x − μ_g‖²/|s_g|), Σ_g a_g = 1
 *     stress      Σ (‖yᵢ − yⱼ‖ − ‖xᵢ − xⱼ‖)²/Σ ‖xᵢ − xⱼ‖²
 *     published   the same with ‖yᵢ − yⱼ‖² in place of ‖yᵢ − yⱼ‖
 *
 * with X n × d less its mean, W_g m × d, G centers μ_g drawn from the rows; sums over pairs, all of them where `partners` is n/2 or
 * more. W and s follow the gradient; the centers stay.
 *
 * @remarks Use it where somebody must say why a row lies where it does: `influenceOf` says which columns move the map at a row,
 * `expansionOf` by how much it stretches there. New rows need no neighbours. It keeps large distances better than
 * neighbourhoods: take `umap` for those, `mds` for the least stress without a formula. O(n(Gd + Gm + partners·m)) a step.
 * @example
 * import { matrix } from 'tammes';
 * import { gaussianLinear, influenceOf } from 'tammes/reduction';
 *
 * // A grid in the plane whose third column hardly varies: at the first row it does not count.
 * const rows = Array.from({ length: 100 }, (_, i) => [i % 10, Math.floor(i / 10), 0.01 * (i % 3)]);
 * const grid = matrix(new Float64Array(rows.flat()), 100, 3);
 * const { model } = await gaussianLinear(grid, { centers: 10, steps: 50 });
 * const [x, y, z] = (await influenceOf(model, grid)).data;
 * console.log(x > 0.8, y > 0.8, z < 0.2); // true true true
 * @function
 */
export const gaussianLinear = /* @__PURE__ */ defineReduction({
  id: 'gaussian-linear',
  title: 'Gaussian weighted linear maps',
  summary: 'Linear maps that take over from one another: a bent map that can be read.',
  references: [
    cite(
      papers.interpretableNonlinearDrGaussianWeightedLinear,
      'the map, its loss and its readings; the authors’ code',
    ),
  ],
  dims: { usual: 2 },
  uses: ['neighbors', 'checkpoint'],
  options: {
    centers: integer(121, 'Linear maps; no more than there are rows.', { min: 1, symbol: 'G' }),
    loss: choice(['stress', 'published'], 'stress', 'What is held against distances.'),
    k: integer(0, 'Pairs of each row with so many nearest ones alone; 0: with any.', { min: 0 }),
    partners: integer(128, 'Other rows that each row is paired with, drawn once.', { min: 1 }),
    start: choice(
      ['components', 'random'],
      'components',
      'Where all maps begin: at the principal components, or at normal numbers, as published.',
    ),
    width: number(1, 'Where |s| begins, in mean squared lengths of the centered rows.', {
      min: 1e-6,
    }),
    steps: integer(1000, 'Steps, each over all pairs.', { min: 1 }),
    learningRate: number(0.01, 'Rate of Adam at the start.', { min: 0 }),
  },
  deviations: [
    'Distances are held against distances; the authors’ code holds squared ones against them (`loss: published`).',
    'Rows are less their mean and over their mean length; all maps begin at the principal components; the rate falls.',
    'Neighbours are those of the rows; the authors’ code takes those of the map.',
  ],
  async fit(points, options, context) {
    const { dim, steps, learningRate } = options;
    if (dim > points.cols)
      throw new OptionError('gaussian-linear', 'dim', `at most ${points.cols}, the columns`, dim);
    const { mean, deviation: each } = scalingOf(points);
    const deviation = each * Math.sqrt(points.cols);
    const x = scaled(points, mean, deviation);
    const count = Math.min(options.centers, points.rows);
    const centers = gathered(x, context.random.fork('centers').sample(points.rows, count));
    const first = await firstMaps(x, count, options, context);
    const maps = parameter('maps', first.data, [first.rows, first.cols]);
    const widths = parameter('widths', alikeZeros(x, count).fill(options.width), [count]);
    const { pairs, warnings } = await pairsOf(points, x, options, context);
    const blend = blending(squaredDistancesTo(x, centers));
    const input = constant(x.data, [x.rows, x.cols]);
    const loss = () => {
      const layout = blend(linear(input, maps), widths);
      return { loss: pairStress(pairs, layout, options.loss === 'published' ? 2 : 1), layout };
    };
    const training = { id: 'gaussian-linear', points, options, steps, learningRate };
    await trainMap({ ...training, loss }, context);
    const fitted = {
      settings: { deviation, dim },
      arrays: {
        mean: matrix(mean, 1, x.cols),
        centers,
        maps: matrix(maps.data, count * dim, x.cols),
        widths: matrix(widths.data, 1, count),
      },
    };
    const placed = await blendedPlaces(fitted, points, context);
    return { ...fitted, points: placed, facts: { stress: stressOf(pairs, placed) }, warnings };
  },
  place: blendedPlaces,
});

interface Settings {
  readonly dim: number;
  readonly start: 'components' | 'random';
  readonly k: number;
  readonly partners: number;
}

/** All maps as they begin, one below the other. */
async function firstMaps(
  x: Matrix,
  count: number,
  { dim, start }: Settings,
  { engine, random }: FitContext,
): Promise<Matrix> {
  const data = alikeZeros(x, count * dim * x.cols);
  if (start === 'components') {
    const { vectors } = await engine.linalg.eigh(await engine.gram(x));
    const axes = vectors.data.subarray(0, dim * x.cols);
    for (let g = 0; g < count; g++) data.set(axes, g * axes.length);
  } else {
    const draws = random.fork('maps');
    // The spread of Keras' random_normal.
    for (let e = 0; e < data.length; e++) data[e] = 0.05 * draws.normal();
  }
  return matrix(data, count * dim, x.cols);
}

const alikeZeros = ({ data }: Matrix, length: number) =>
  new (data.constructor as new (n: number) => Floats)(length);

/** Pairs of the scaled rows x; neighbours that are known are those of the points. */
async function pairsOf(
  points: Matrix,
  x: Matrix,
  { k, partners }: Settings,
  { engine, random, run, work }: FitContext,
): Promise<{ readonly pairs: RowPairs; readonly warnings: readonly string[] }> {
  const { neighbors } = run.options;
  if (k === 0) {
    const warnings = neighbors ? ['Pairs are with any row (k 0): neighbours were not used.'] : [];
    return { pairs: drawnPairs(x, partners, random.fork('pairs')), warnings };
  }
  const { graph, warnings } = await neighborGraph(neighbors ? points : x, k, {
    ...work,
    engine,
    random: random.fork('neighbors'),
    neighbors,
  });
  return { pairs: nearPairs(x, graph), warnings };
}
