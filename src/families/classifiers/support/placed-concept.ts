import { gathered, type Matrix, matrix, row, zeros64 } from '../../../core/matrix.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { type Boxes, logEntailment, logOfRest } from './box-entailment.ts';
import { type BoxPrior, combinedPrior, generalPrior, relatedPrior } from './box-prior.ts';
import { conceptsAbove, isEntailing, type PlacedRelation } from './box-relations.ts';
import { THING_WIDTH } from './fit-boxes.ts';
import { likeliestBox } from './new-box.ts';

/** Concepts by place, and which of them have a box. */
export interface PlacedBoxes {
  /** C × 2m */
  readonly boxes: Matrix<Float64Array>;
  /** Whose box is known. */
  readonly isPlaced: readonly boolean[];
  /** Means of the centers of the rows of classes that have rows, in the order of places. */
  readonly means: Matrix<Float64Array>;
  /** Mean and variance, 2 × m, of the steps from rows to the centers of their boxes. */
  readonly spread: Matrix<Float64Array>;
  readonly relations: readonly PlacedRelation[];
}

/** The box of a concept from centers of example rows, and from its relations to concepts that have a box. */
export async function placedConcept(
  place: number,
  examples: Matrix<Float64Array>,
  { boxes, isPlaced, means, spread, relations }: PlacedBoxes,
  run: { readonly engine?: Engine; readonly work?: Work },
): Promise<Float64Array> {
  const boxOf = (at: number) => (isPlaced[at] ? row(boxes, at) : undefined);
  const above = conceptsAbove(relations, boxes.rows);
  const classes = Array.from({ length: means.rows }, (_, at) => at);
  const outside = classes.filter(
    (at) => at !== place && !above[at].has(place) && !above[place].has(at),
  );
  return likeliestBox(
    {
      prior: withExamples(priorOf(place, relations, boxOf, classes), examples, spread),
      inside: rowsOf(thingBoxes(examples)),
      outside: rowsOf(thingBoxes(gathered(means, outside))),
      above: examples.rows > 0 ? [] : [...above[place]].flatMap((at) => boxOf(at) ?? []),
    },
    run,
  );
}

/** Of its relations; without any, of the boxes of classes that have rows. */
function priorOf(
  place: number,
  relations: readonly PlacedRelation[],
  boxOf: (at: number) => Float64Array | undefined,
  classes: readonly number[],
): BoxPrior {
  const general = generalPrior(classes.flatMap((at) => boxOf(at) ?? []));
  const related = relations.flatMap((own) => {
    const { from, relation, to } = own;
    const isReversed = relation === 'is like' && to === place;
    if (from !== place && !isReversed) return [];
    const asked = isReversed ? { from: to, relation, to: from } : own;
    return relatedPrior(asked, relations, boxOf, general) ?? [];
  });
  return combinedPrior(general, related);
}

/** The prior after examples: each says where the center is, as rows of known classes do of theirs. */
function withExamples(
  prior: BoxPrior,
  { data, rows: k, cols: m }: Matrix<Float64Array>,
  { data: steps }: Matrix<Float64Array>,
): BoxPrior {
  const [mean, variance] = [prior.mean.slice(), prior.variance.slice()];
  for (let axis = 0; axis < m; axis++) {
    const weight = k / steps[m + axis];
    let sum = prior.mean[axis] / prior.variance[axis];
    for (let i = 0; i < k; i++) sum += (data[i * m + axis] + steps[axis]) / steps[m + axis];
    variance[axis] = 1 / (1 / prior.variance[axis] + weight);
    mean[axis] = variance[axis] * sum;
  }
  return { mean, variance };
}

/** Least variance of a step: of one row a class nothing is left. */
const LEAST_VARIANCE = 1e-4;

/** Mean and variance of the steps from rows to the centers of the boxes of their classes. */
export function spreadOf(
  { data, rows: n, cols: m }: Matrix<Float64Array>,
  of: Int32Array,
  boxes: Matrix<Float64Array>,
): Matrix<Float64Array> {
  const out = zeros64(2, m);
  const step = (i: number, k: number) => boxes.data[of[i] * boxes.cols + k] - data[i * m + k];
  for (let i = 0; i < n; i++) for (let k = 0; k < m; k++) out.data[k] += step(i, k) / n;
  for (let i = 0; i < n; i++)
    for (let k = 0; k < m; k++) out.data[m + k] += (step(i, k) - out.data[k]) ** 2 / n;
  for (let k = 0; k < m; k++) out.data[m + k] = Math.max(out.data[m + k], LEAST_VARIANCE);
  return out;
}

const rowsOf = (boxes: Matrix<Float64Array>): Float64Array[] =>
  Array.from({ length: boxes.rows }, (_, i) => row(boxes, i));

/** The small boxes of things, n × 2m, around their centers. */
export function thingBoxes({ data, rows: n, cols: m }: Matrix): Matrix<Float64Array> {
  const out = zeros64(n, 2 * m);
  out.data.fill(THING_WIDTH);
  for (let i = 0; i < n; i++) out.data.set(data.subarray(i * m, (i + 1) * m), 2 * i * m);
  return out;
}

/** r × m centers of rows: map·x + shift, each row as if it were alone. */
export function centersOf(rows: Matrix, map: Matrix, shift: Matrix): Matrix<Float64Array> {
  const { rows: m, cols: d } = map;
  const out = zeros64(rows.rows, m);
  for (let i = 0; i < rows.rows; i++) {
    for (let k = 0; k < m; k++) {
      let sum = shift.data[k];
      for (let c = 0; c < d; c++) sum += map.data[k * d + c] * rows.data[i * d + c];
      out.data[i * m + k] = sum;
    }
  }
  return out;
}

/** log P(concept | thing), r × C. */
export function logMemberships(centers: Matrix<Float64Array>, boxes: Matrix): Matrix<Float64Array> {
  const things = asBoxes(thingBoxes(centers));
  const concepts = asBoxes(boxes);
  const out = zeros64(centers.rows, boxes.rows);
  for (let i = 0; i < out.rows; i++)
    for (let c = 0; c < out.cols; c++)
      out.data[i * out.cols + c] = logEntailment(things, i, concepts, c);
  return out;
}

/** log P(concept and none of the concepts directly in it | thing): what a row's own class is, be it wide or narrow. */
export function logOwnClass(
  memberships: Matrix<Float64Array>,
  relations: readonly PlacedRelation[],
): Matrix<Float64Array> {
  const { data, rows: n, cols } = memberships;
  const out = matrix(data.slice(), n, cols);
  for (const { from, relation, to } of relations) {
    if (!isEntailing(relation)) continue;
    for (let i = 0; i < n; i++) out.data[i * cols + to] += logOfRest(data[i * cols + from]);
  }
  return out;
}

export const asBoxes = ({ data, cols }: Matrix): Boxes => ({ data, dim: cols / 2 });
