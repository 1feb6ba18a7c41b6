import { checksumOf } from '../../core/checksum.ts';
import { OptionError } from '../../core/errors.ts';
import { alike, gathered, type Matrix, toFloat64, zeros64 } from '../../core/matrix.ts';
import { Run } from '../../core/run.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Fitted } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer, number } from '../../method/options.ts';
import { centered } from '../../numerics/rows/centered.ts';
import { principalAxes } from '../../structures/spectra/principal-axes.ts';
import { defineReduction } from './define.ts';
import { runLayout } from './support/layout-run.ts';
import { guttmanStepInPlace, pairDistances, placeAmongInPlace } from './support/smacof.ts';
import type { FitContext, PlaceContext } from './types.ts';

/**
 * Multidimensional scaling: places whose distances are those of the rows, as nearly as m columns allow.
 *
 *     stress = Σ_{i<j} (‖yᵢ − yⱼ‖ − δ_ij)²,   δ_ij = ‖xᵢ − xⱼ‖
 *     yᵢ ← 1/n Σⱼ (δ_ij/‖yᵢ − yⱼ‖)·(yᵢ − yⱼ)
 *
 * with X n × d, from the principal components on, where classical scaling of Euclidean distances ends. Each step lowers the
 * stress. Of more than `landmarks` rows so many, drawn by seed, are scaled; the others, and new rows, each go to the place where
 * their own distances to the landmarks are kept best.
 *
 * @remarks Use it where distances are to be read off a map, far ones as well as near ones; `pca` is its linear start and
 * loses more: of 5,000 sentence vectors in two columns the stress is 0.36, with 1,000 landmarks as with all rows, that of
 * `pca` 0.41. Neighbourhoods are better kept by `umap`. The number `stress` is Kruskal's, over the landmarks. O(L²m) a
 * step for L landmarks, O(L(d + m)) for each other row.
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
    landmarks: integer(1000, 'Rows that are scaled together; others are placed among them.', {
      min: 2,
      max: 20_000,
    }),
    steps: integer(300, 'Steps at most.', { min: 0 }),
    tolerance: number(1e-7, 'The share of the stress that a step must take off to go on.', {
      min: 0,
    }),
  },
  async fit(points, options, context) {
    const { dim } = options;
    if (dim > points.cols)
      throw new OptionError('mds', 'dim', `at most ${points.cols}, the columns`, dim);
    const chosen = landmarksOf(points, options.landmarks, context);
    const rows = gathered(points, chosen);
    const layout = await components(rows, dim, context.engine);
    const stress = await scaledDown(rows, layout, options, context);
    const fitted = { settings: {}, arrays: { rows, layout } };
    const warnings =
      chosen.length < points.rows
        ? [`${chosen.length} of ${points.rows} rows were scaled together, the others placed.`]
        : [];
    const placed =
      chosen.length < points.rows
        ? await placedAmong(fitted, points, context)
        : alike(layout, points);
    return {
      ...fitted,
      points: placed,
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

/** The principal components of rows, L × m: what classical scaling of their distances gives. */
async function components(rows: Matrix, m: number, engine: Engine): Promise<Matrix<Float64Array>> {
  const middle = centered(rows);
  const { vectors } = await principalAxes(middle, m, engine);
  return toFloat64(await engine.matmul(middle, alike(vectors, middle), { transposeB: true }));
}

/** SMACOF from a start, until a step takes off too little: what is left are steps that move nothing. */
async function scaledDown(
  rows: Matrix,
  layout: Matrix<Float64Array>,
  options: { readonly steps: number; readonly tolerance: number },
  { run }: FitContext,
): Promise<number> {
  const distances = pairDistances(rows);
  const total = distances.reduce((sum, distance) => sum + distance * distance, 0);
  const room = new Float64Array(layout.data.length);
  const stress = new Float64Array(1).fill(Infinity);
  const isDone = new Float64Array(1);
  const step = () => {
    if (isDone[0]) return;
    const before = stress[0];
    stress[0] = guttmanStepInPlace(layout, distances, room);
    // Before the first step the stress is unknown, and any share of what is infinite would be enough.
    if (before < Infinity && before - stress[0] <= options.tolerance * before) isDone[0] = 1;
  };
  const places = layout.data;
  const state = { places, stress, isDone };
  const { steps } = options;
  const identity = () => ({
    options: JSON.stringify(options),
    rows: `${rows.rows} × ${rows.cols}, checksum ${checksumOf(rows.data)}`,
  });
  await runLayout('mds', { steps, state, places, dim: layout.cols, identity, step }, run);
  // What the last step left, without moving the layout again.
  const left = guttmanStepInPlace({ ...layout, data: places.slice() }, distances, room);
  return total > 0 ? Math.sqrt(left / total) : 0;
}

/** Each row where its own distances to the landmarks are kept best; a row equal to a landmark lies there. */
async function placedAmong(
  { arrays: { rows, layout } }: Fitted,
  queries: Matrix,
  { engine, work }: PlaceContext,
): Promise<Matrix> {
  const fitted = alike(rows, queries);
  const nearest = await engine.assign(queries, fitted, work);
  const m = layout.cols;
  const out = zeros64(queries.rows, m);
  const run = new Run({ signal: work.signal });
  for (let i = 0; i < queries.rows; i++) {
    await run.tick({ stage: 'mds', done: i / queries.rows });
    const l = nearest.indices[i];
    const place = out.data.subarray(i * m, (i + 1) * m);
    place.set(layout.data.subarray(l * m, (l + 1) * m));
    if (nearest.distances[i] > 0) placeAmongInPlace(place, layout, distancesTo(fitted, queries, i));
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
