import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer, number, seedOption } from '../../method/options.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { defineErasure } from './define.ts';
import { namedClasses } from './support/least-squares-probe.ts';
import {
  type Center,
  type ConceptRows,
  centerOf,
  type Moments,
  momentsAbout,
  partedRows,
  penaltyOf,
  ridgeWeights,
} from './support/moments.ts';
import { times, timesTransposed } from './support/products.ts';
import { spanOf, subspaceArrays, withoutSubspace } from './support/subspace.ts';
import type { ErasureContext } from './types.ts';

/** Share of the rows that say when to stop. */
const HELD_OUT = 0.2;

/**
 * Iterative nullspace projection: a linear classifier is fitted, its directions are projected out, and again, until none
 * tells the classes of rows held out.
 *
 *     W_t = argmin_W ‖Z₀ − X₀P_{t−1}Wᵀ‖² + nλ‖W‖²,   P_t = I − V_tV_tᵀ,   V_t a basis of the rows of W₁, …, W_t
 *     x′ = μ + P_T(x − μ)
 *
 * with X₀ the n × d rows less their mean, Z₀ the n × k one-hot classes less theirs and W_t k × d. It ends
 * where the classifier names the class of the fifth of the rows that it was not fitted to no more often than the most
 * frequent class is right, within a standard error, or after `rounds`. O(nd²) once and O(d³ + ndk) a round.
 *
 * @remarks It removes more than `leace` does, up to k − 1 dimensions a round, and so also what a later classifier would find
 * with other penalties; rows are moved further for it. Take it where `leace` leaves a concept that rows not fitted to
 * still show.
 * @example
 * import { Random, zeros } from 'tammes';
 * import { inlp } from 'tammes/erasure';
 *
 * const random = Random.fromSeed(1);
 * const points = zeros(300, 4);
 * const classes = Array.from({ length: 300 }, (_, i) => `${i % 2}`);
 * for (let e = 0; e < 1200; e++) points.data[e] = random.normal() + (e % 8 === 0 ? 4 : 0);
 * const { facts } = await inlp({ points, classes });
 * console.log(facts['before'] > 0.9, facts['after'] < 0.65); // true true
 * @function
 */
export const inlp = /* @__PURE__ */ defineErasure({
  id: 'inlp',
  title: 'Iterative nullspace projection',
  summary: 'Projects out the directions of one linear classifier after another until none tells.',
  references: [cite(sources.nullItOut, 'algorithm 1')],
  deviations: [
    'The classifier is ridge regression of the one-hot classes, whose moments are taken once for all rounds, in place of a support vector machine.',
  ],
  options: {
    rounds: integer(30, 'Most rounds.', { min: 1, max: 1000, symbol: 'n' }),
    ridge: number(0.01, 'Penalty, in mean variances of a column.', { min: 1e-9, max: 1e6 }),
    seed: seedOption(),
  },
  needs: 'classes',
  isProjection: true,
  turnsAlong: true,
  async fit({ points, classes }, { rounds, ridge }, context) {
    const [held, rest] = partedRows(points, classes, HELD_OUT, context.random);
    const center = centerOf(rest.points, rest.concept);
    let moments = await momentsAbout(center, rest.points, rest.concept, context);
    const penalty = penaltyOf(moments.squares, ridge);
    let basis = zeros64(0, points.cols);
    const accuracies: number[] = [];
    // A constant space has no penalty to be solved with, and nothing to take out.
    for (let round = 0; round <= rounds && penalty > 0; round++) {
      await context.run.tick({ stage: 'inlp', done: round / rounds });
      const weights = ridgeWeights(moments, penalty);
      accuracies.push(await accuracyOf(weights, basis, center, held, context));
      const isTold = accuracies[round] > chanceOf(held);
      const more = round < rounds && isTold ? await newBasis(weights, basis, context) : undefined;
      if (!more || more.rows === 0) break;
      basis = below(basis, more);
      moments = projectedOut(moments, more);
    }
    return {
      settings: {},
      arrays: subspaceArrays(meanRow(points), basis),
      rank: basis.rows,
      facts: {
        rounds: accuracies.length - 1,
        before: accuracies[0] ?? Number.NaN,
        after: accuracies.at(-1) ?? Number.NaN,
        majority: majorityOf(held),
      },
      warnings:
        (accuracies.at(-1) ?? 0) > chanceOf(held)
          ? [
              `After ${counted(rounds, 'round')} a classifier still tells the classes: more rounds would go on.`,
            ]
          : [],
    };
  },
  erase: withoutSubspace,
});

const majorityOf = ({ points, concept }: ConceptRows) => Math.max(...concept.counts) / points.rows;

/** The majority's share, and a standard error above it. */
function chanceOf(held: ConceptRows): number {
  const share = majorityOf(held);
  return share + Math.sqrt((share * (1 - share)) / held.points.rows);
}

/** The share of rows held out whose class has the largest score, with the directions taken out. */
async function accuracyOf(
  weights: Matrix<Float64Array>,
  basis: Matrix<Float64Array>,
  center: Center,
  { points, concept }: ConceptRows,
  context: ErasureContext,
): Promise<number> {
  const readers = without(weights, basis);
  const named = await namedClasses(readers, center, points, context);
  return concept.of.filter((own, i) => named[i] === own).length / points.rows;
}

/** Rows less their part in the span of orthonormal rows. */
function without(rows: Matrix<Float64Array>, basis: Matrix<Float64Array>): Matrix<Float64Array> {
  const part = times(timesTransposed(rows, basis), basis).data;
  return matrix(
    rows.data.map((x, e) => x - part[e]),
    rows.rows,
    rows.cols,
  );
}

/** Orthonormal rows of what the weights add to the basis; those of one-hot classes sum to 0. */
async function newBasis(
  weights: Matrix<Float64Array>,
  basis: Matrix<Float64Array>,
  context: ErasureContext,
): Promise<Matrix<Float64Array>> {
  const most = Math.min(weights.rows - 1, weights.cols - basis.rows);
  const rows = await spanOf(without(weights, basis), context, { most, tolerance: 1e-9 });
  // Once more: the first time leaves rounding, of small weights a large part.
  return rows.rows === 0 ? rows : spanOf(without(rows, basis), context, { most });
}

function below(top: Matrix<Float64Array>, bottom: Matrix<Float64Array>): Matrix<Float64Array> {
  const data = new Float64Array(top.data.length + bottom.data.length);
  data.set(top.data);
  data.set(bottom.data, top.data.length);
  return matrix(data, top.rows + bottom.rows, bottom.cols);
}

/** The moments of rows with these orthonormal directions taken out: S ← PSP, C ← CP. */
function projectedOut({ squares, cross, spread }: Moments, rows: Matrix<Float64Array>): Moments {
  const right = without(squares, rows);
  const d = squares.rows;
  const mirrored = matrix(
    right.data.map((_, e) => right.data[(e % d) * d + Math.floor(e / d)]),
    d,
    d,
  );
  return { squares: without(mirrored, rows), cross: without(cross, rows), spread };
}
