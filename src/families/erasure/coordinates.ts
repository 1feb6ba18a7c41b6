import { InputError } from '../../core/errors.ts';
import { gathered, type Matrix, matrix, zerosLike } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { boolean, integer, number, seedOption } from '../../method/options.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { defineErasure } from './define.ts';
import { ColumnRemoval } from './support/column-removal.ts';
import { type Concept, conceptOfRows } from './support/concept.ts';
import { centerOf, momentsAbout, partedRows } from './support/moments.ts';
import type { ErasureContext } from './types.ts';

/** Share of the rows that each removal is judged by. */
const VALIDATION = 0.5;

/**
 * Removes columns one by one, each time the one that validation rows like best to miss.
 *
 *     j_t = argmax_j e(S_{t−1} ∖ j)      else
 *     j_t = argmin_j Σ_a e_a(S_{t−1} ∖ j)   with `transfer`
 *
 * with S the columns left and e the mean squared error of ridge regression of one-hot classes, as a share of their
 * spread, on rows that it was not fitted to: those of a random half. With `transfer`, what is to be kept (`kept`) is
 * predicted in place of the classes, e_a is the error of the fit to class a (a domain, a generator) on the rows of all other
 * classes, and columns go as long as the sum falls. Else they go until the columns left tell `left` of the spread of the
 * classes or less. Removed columns hold their mean. O(nd² + d³) once and O(d² + dk) a column, for each fit.
 *
 * @remarks Take it where single columns stand for things, or where a filter must be a list of columns. Elsewhere `leace`
 * moves rows less. With `transfer` it serves a classifier that is to work for other domains than it has seen: judge it on rows
 * that were not given here.
 * @example
 * import { Random, zeros } from 'tammes';
 * import { coordinates } from 'tammes/erasure';
 *
 * // The second of four columns tells the classes.
 * const random = Random.fromSeed(1);
 * const points = zeros(200, 4);
 * const classes = Array.from({ length: 200 }, (_, i) => `${i % 2}`);
 * for (let e = 0; e < 800; e++) points.data[e] = random.normal() + (e % 8 === 1 ? 6 : 0);
 * const { model } = await coordinates({ points, classes });
 * console.log(model.settings['columns']); // [ 1 ]
 * @function
 */
export const coordinates = /* @__PURE__ */ defineErasure({
  id: 'coordinates',
  title: 'Coordinate removal',
  summary: 'Removes columns one by one, as rows set aside for it judge them.',
  references: [
    cite(
      papers.robustAiGeneratedTextDetectionRestrictedEmbeddings,
      'section 4: greedy removal of coordinates',
    ),
  ],
  deviations: [
    'Columns are judged by squared error, whose change is known in closed form, in place of accuracy.',
    'Rows that judge are never those that a fit saw; the published code had them overlap with the test.',
  ],
  options: {
    columns: integer(0, 'Columns to remove; 0: as many as validation says.', {
      min: 0,
      max: 1e6,
    }),
    left: number(0.02, 'Share of the spread of the classes that the columns left may tell.', {
      min: 0,
      max: 1,
    }),
    ridge: number(0.01, 'Penalty, in mean variances of a column.', { min: 1e-9, max: 1e6 }),
    transfer: boolean(
      false,
      'Remove columns such that what is to be kept is told from class to class, in place of the classes.',
    ),
    seed: seedOption(),
  },
  needs: 'classes',
  isProjection: true,
  turnsAlong: false,
  async fit({ points, classes, kept }, options, context) {
    const removals = options.transfer
      ? await acrossClasses(points, classes, keptOf(kept, classes), options.ridge, context)
      : await withinRows(points, classes, options.ridge, context);
    const before = errorOf(removals);
    const columns =
      removals.length === 0
        ? []
        : await removed(removals, points.cols, options.transfer, options, context);
    const mean = meanRow(points);
    return {
      settings: { columns },
      arrays: { mean: matrix(mean, 1, points.cols) },
      rank: columns.length,
      facts: { errorBefore: before, errorAfter: errorOf(removals) },
      warnings:
        columns.length === points.cols
          ? [`All ${counted(points.cols, 'column')} went: no column is without the concept.`]
          : [],
    };
  },
  erase({ settings, arrays: { mean } }, rows) {
    const out = zerosLike(rows);
    out.data.set(rows.data);
    const columns = settings['columns'] as readonly number[];
    for (let at = 0; at < out.data.length; at += rows.cols)
      for (const c of columns) out.data[at + c] = mean.data[c];
    return out;
  },
});

/** What is to be kept; refuses what no two classes share, which nothing can carry over. */
function keptOf(kept: Concept | undefined, { of }: Concept): Concept {
  if (!kept)
    throw new InputError('coordinates', 'transfer needs what is to be kept of each row: kept.');
  const homes = kept.names.map(() => new Set<number>());
  for (const [i, own] of kept.of.entries()) homes[own].add(of[i]);
  if (homes.some(({ size }) => size > 1)) return kept;
  throw new InputError(
    'coordinates',
    'what is to be kept is another thing in each class: nothing can be told from class to class.',
  );
}

/** Mean error of the fits. */
function errorOf(removals: readonly ColumnRemoval[]): number {
  return removals.reduce((sum, { error }) => sum + error, 0) / removals.length;
}

async function withinRows(
  points: Matrix,
  concept: Concept,
  ridge: number,
  context: ErasureContext,
): Promise<readonly ColumnRemoval[]> {
  const [judges, fitted] = partedRows(points, concept, VALIDATION, context.random);
  return removalOf(fitted, judges, ridge, context);
}

type Rows = Parameters<typeof removalOf>[0];

/** A fit to each class, judged by the rows of all others. */
async function acrossClasses(
  points: Matrix,
  { of, counts }: Concept,
  kept: Concept,
  ridge: number,
  context: ErasureContext,
): Promise<readonly ColumnRemoval[]> {
  const removals: ColumnRemoval[] = [];
  for (const own of counts.keys()) {
    const part = (isOwn: boolean): Rows => {
      const places = Int32Array.from(of.keys()).filter((i) => (of[i] === own) === isOwn);
      return { points: gathered(points, places), concept: conceptOfRows(kept, places) };
    };
    removals.push(...(await removalOf(part(true), part(false), ridge, context)));
  }
  return removals;
}

/** None where the rows to fit to, or those that judge, have one class or one place alone. */
async function removalOf(
  fitted: { readonly points: Matrix; readonly concept: Concept },
  judges: { readonly points: Matrix; readonly concept: Concept },
  ridge: number,
  context: ErasureContext,
): Promise<readonly ColumnRemoval[]> {
  if (fitted.points.rows === 0 || judges.points.rows === 0) return [];
  const center = centerOf(fitted.points, fitted.concept);
  const own = await momentsAbout(center, fitted.points, fitted.concept, context);
  const others = await momentsAbout(center, judges.points, judges.concept, context);
  const isVaried = own.spread > 0 && others.spread > 0 && own.squares.data.some((x) => x > 0);
  return isVaried ? [new ColumnRemoval(own, others, ridge)] : [];
}

interface Removal {
  readonly columns: number;
  readonly left: number;
}

/** The columns in the order of their removal. */
async function removed(
  removals: readonly ColumnRemoval[],
  d: number,
  isTransfer: boolean,
  { columns: wanted, left }: Removal,
  { run }: ErasureContext,
): Promise<readonly number[]> {
  const columns: number[] = [];
  const most = wanted > 0 ? Math.min(wanted, d) : d;
  while (columns.length < most) {
    await run.tick({ stage: 'coordinates', done: columns.length / most });
    if (wanted === 0 && !isTransfer && errorOf(removals) >= 1 - left) break;
    const rises = risesOf(removals, d);
    const best = bestOf(rises, columns, isTransfer ? -1 : 1);
    if (wanted === 0 && isTransfer && rises[best] >= 0) break;
    for (const removal of removals) removal.remove(best);
    columns.push(best);
  }
  return columns;
}

function risesOf(removals: readonly ColumnRemoval[], d: number): Float64Array {
  const sums = new Float64Array(d);
  for (const { rises } of removals) for (let j = 0; j < d; j++) sums[j] += rises[j];
  return sums;
}

/** The column left of the largest rise times the sign, the first among equals. */
function bestOf(rises: Float64Array, gone: readonly number[], sign: 1 | -1): number {
  const isGone = new Uint8Array(rises.length);
  for (const j of gone) isGone[j] = 1;
  let best = -1;
  for (let j = 0; j < rises.length; j++) {
    if (!isGone[j] && (best < 0 || sign * rises[j] > sign * rises[best])) best = j;
  }
  return best;
}
