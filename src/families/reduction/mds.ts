import { checksumOf } from '../../core/checksum.ts';
import { OptionError } from '../../core/errors.ts';
import { alike, gathered, type Matrix, matrix, toFloat64, zeros64 } from '../../core/matrix.ts';
import { Run } from '../../core/run.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Fitted } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer, number } from '../../method/options.ts';
import { centered, lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { principalAxes } from '../../structures/spectra/principal-axes.ts';
import { defineReduction } from './define.ts';
import { blockRoundInPlace } from './support/block-steps.ts';
import { runLayout } from './support/layout-run.ts';
import { drawnPairs, stressOf } from './support/row-pairs.ts';
import { guttmanStepInPlace, pairDistances, placeAmongInPlace } from './support/smacof.ts';
import type { FitContext, PlaceContext } from './types.ts';

/**
 * Multidimensional scaling: places whose distances are those of the rows, as nearly as m columns allow.
 *
 *     stress = Σ_{i<j} (‖yᵢ − yⱼ‖ − δ_ij)²,   δ_ij = ‖xᵢ − xⱼ‖
 *     yᵢ ← 1/n Σⱼ (δ_ij/‖yᵢ − yⱼ‖)·(yᵢ − yⱼ)
 *
 * with X n × d, from the principal components on, where classical scaling of Euclidean distances ends. Each step lowers the
 * stress. More than `landmarks` rows are cut into blocks of `block` rows, anew in each of `steps` rounds; the rows of a block take
 * a part of such a step among themselves, a smaller one in each round.
 *
 * A new row goes to the place where its own distances to the landmarks, so many rows drawn by seed, are kept best.
 *
 * @remarks Use it where distances are to be read off a map, far ones as well as near ones; `pca` is its linear start and
 * loses more. Neighbourhoods are better kept by `umap`. The number `stress` is Kruskal's: over all pairs, or, of more rows than
 * landmarks, over pairs drawn by seed; copies of a row may then lie a little apart. A new row is fitted alone: many of them
 * together lie further out than if they had been fitted together. O(n²m) a step for all pairs, O(block·n(d + m)) a
 * round beyond, O(n·d + L·m) for each new row and L landmarks.
 * @example
 * import { matrix } from 'tammes';
 * import { mds } from 'tammes/reduction';
 *
 * // A square has room in two columns, whatever the plane it lies in.
 * const square = matrix(new Float64Array([0, 0, 0, 3, 0, 4, 3, 5, 4, 0, 5, 0]), 4, 3);
 * const { facts } = await mds(square, { dim: 2 });
 * console.log(facts.stress < 1e-6); // true
 * @function
 */
export const mds = /* @__PURE__ */ defineReduction({
  id: 'mds',
  title: 'Multidimensional scaling (SMACOF)',
  summary: 'The map whose distances are nearest to those of the rows.',
  references: [cite(sources.convergenceOfTheMajorizationMethod, 'the majorization steps')],
  dims: { usual: 2 },
  uses: ['checkpoint'],
  options: {
    landmarks: integer(
      1000,
      'Rows up to which all pairs count; new rows are held against so many.',
      {
        min: 2,
        max: 20_000,
      },
    ),
    block: integer(256, 'Rows that are scaled together at a time, of more rows than that.', {
      min: 2,
      max: 4096,
      symbol: 'B',
    }),
    steps: integer(300, 'Steps at most; rounds, of more rows than landmarks.', { min: 0 }),
    tolerance: number(
      1e-7,
      'The share of the stress that a step over all pairs must take off to go on.',
      {
        min: 0,
      },
    ),
  },
  deviations: [
    'Of more rows than landmarks, steps are taken within blocks drawn anew, with falling weights: stochastic majorization.',
  ],
  async fit(points, options, context) {
    const { dim, landmarks, block } = options;
    if (dim > points.cols)
      throw new OptionError('mds', 'dim', `at most ${points.cols}, the columns`, dim);
    const chosen = landmarksOf(points, landmarks, context);
    const layout = await components(points, chosen, dim, context.engine);
    const isWhole = chosen.length === points.rows;
    const stress = isWhole
      ? await scaledByAll(points, layout, options, context)
      : await scaledByBlocks(points, layout, options, context);
    const warnings = isWhole
      ? []
      : [`${points.rows} rows were scaled in blocks of ${block}, drawn anew in each round.`];
    const indices = matrix(Float64Array.from(chosen), 1, chosen.length);
    return {
      settings: {},
      arrays: { rows: points, layout, landmarks: indices },
      points: alike(layout, points),
      facts: { stress, landmarks: chosen.length },
      warnings,
    };
  },
  place: placedAmong,
});

/** In the order of the rows. */
function landmarksOf({ rows: n }: Matrix, most: number, { random }: FitContext): Int32Array {
  if (n <= most) return Int32Array.from({ length: n }, (_, i) => i);
  return random.fork('landmarks').sample(n, most).sort();
}

/** The rows along the principal axes of the chosen ones, n × m: of all, what classical scaling gives. */
async function components(
  points: Matrix,
  chosen: Int32Array,
  m: number,
  engine: Engine,
): Promise<Matrix<Float64Array>> {
  const part = gathered(points, chosen);
  const mean = meanRow(part);
  const { vectors } = await principalAxes(lessRow(part, mean), m, engine);
  const middle = lessRow(points, mean);
  return toFloat64(await engine.matmul(middle, alike(vectors, middle), { transposeB: true }));
}

interface Settings {
  readonly block: number;
  readonly steps: number;
  readonly tolerance: number;
}

/** SMACOF over all pairs; the stress in the end. */
async function scaledByAll(
  points: Matrix,
  layout: Matrix<Float64Array>,
  settings: Settings,
  context: FitContext,
): Promise<number> {
  const distances = pairDistances(points);
  const room = new Float64Array(layout.data.length);
  const step = () => guttmanStepInPlace(layout, distances, room);
  await scaledDown(points, layout, step, settings, context);
  const total = distances.reduce((sum, distance) => sum + distance * distance, 0);
  // What the last step left, without moving the layout again.
  const left = guttmanStepInPlace({ ...layout, data: layout.data.slice() }, distances, room);
  return total > 0 ? Math.sqrt(left / total) : 0;
}

/** Half of the pairs of each row that the stress is estimated on. */
const JUDGING_PARTNERS = 16;

/** Rounds over blocks of rows; the stress of drawn pairs in the end. */
async function scaledByBlocks(
  points: Matrix,
  layout: Matrix<Float64Array>,
  settings: Settings,
  { engine, random, run }: FitContext,
): Promise<number> {
  const middle = centered(points);
  const { data: places, cols: dim } = layout;
  const { block, steps } = settings;
  const order = random.fork('blocks');
  await runLayout(
    'mds',
    {
      steps,
      state: { places },
      places,
      dim,
      identity: identityOf(points, settings),
      step: (at) =>
        blockRoundInPlace(middle, layout, block, 1 - at / steps, order.fork(at), engine),
    },
    run,
  );
  return stressOf(drawnPairs(points, JUDGING_PARTNERS, random.fork('judge')), layout);
}

/** Takes steps, each of which gives the stress before it, until one takes off too little: what is left move nothing. */
async function scaledDown(
  points: Matrix,
  { data: places, cols: dim }: Matrix<Float64Array>,
  move: () => number,
  settings: Settings,
  { run }: FitContext,
): Promise<void> {
  const stress = new Float64Array(1).fill(Infinity);
  const isDone = new Float64Array(1);
  const step = () => {
    if (isDone[0]) return;
    const before = stress[0];
    stress[0] = move();
    // Nothing is known before the first step: Infinity is not to count as a share of itself.
    if (stress[0] >= (1 - settings.tolerance) * before) isDone[0] = 1;
  };
  const state = { places, stress, isDone };
  const identity = identityOf(points, settings);
  await runLayout('mds', { steps: settings.steps, state, places, dim, identity, step }, run);
}

function identityOf(points: Matrix, settings: Settings) {
  return () => ({
    options: JSON.stringify(settings),
    rows: `${points.rows} × ${points.cols}, checksum ${checksumOf(points.data)}`,
  });
}

/** Each row where its own distances to the landmarks are kept best; a row equal to a fitted one lies there. */
async function placedAmong(
  { arrays: { rows, layout, landmarks } }: Fitted,
  queries: Matrix,
  { engine, work }: PlaceContext,
): Promise<Matrix> {
  const fitted = alike(rows, queries);
  const nearest = await engine.assign(queries, fitted, work);
  const [among, places] = [gathered(fitted, landmarks.data), gathered(layout, landmarks.data)];
  const m = layout.cols;
  const out = zeros64(queries.rows, m);
  const run = new Run({ signal: work.signal });
  for (let i = 0; i < queries.rows; i++) {
    await run.tick({ stage: 'mds', done: i / queries.rows });
    const l = nearest.indices[i];
    const place = out.data.subarray(i * m, (i + 1) * m);
    place.set(layout.data.subarray(l * m, (l + 1) * m));
    if (nearest.distances[i] > 0) placeAmongInPlace(place, places, distancesTo(among, queries, i));
  }
  return alike(out, queries);
}

function distancesTo({ data, rows: count, cols: d }: Matrix, queries: Matrix, i: number) {
  const out = new Float64Array(count);
  for (let l = 0; l < count; l++) {
    let squares = 0;
    for (let c = 0; c < d; c++) squares += (data[l * d + c] - queries.data[i * d + c]) ** 2;
    out[l] = Math.sqrt(squares);
  }
  return out;
}
