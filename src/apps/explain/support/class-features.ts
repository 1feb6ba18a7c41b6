import { type Matrix, zeros64 } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { SparseMatrix } from '../../../core/sparse.ts';
import type { Dictionary, NamedFeature } from '../../../learning/sparse-autoencoder/index.ts';

/** Features of a class that are told and taken out, and draws of as many random ones. */
const [FEATURES, DRAWS] = [5, 5];

/** What tells a class apart, and what is left of it without. */
export interface ClassFeatures {
  readonly class: string;
  readonly rows: number;
  /** Those whose mean activation is furthest above that of the other rows. */
  readonly features: readonly { readonly name: string; readonly difference: number }[];
  /** The share of its held-out rows that are nearest to its mean. */
  readonly recall: number;
  /** The same of rows from which these features are taken out. */
  readonly without: number;
  /** The same where as many other features of its rows are taken out, mean of five draws. */
  readonly withoutRandom: number;
}

interface Coded {
  readonly points: Matrix;
  readonly codes: SparseMatrix;
  readonly dictionary: Dictionary;
  readonly features: readonly NamedFeature[];
}

/** The features of each class; means are of the even rows of each class, recall is of the others. */
export function featuresOfClasses(
  coded: Coded,
  classes: readonly string[],
  random: Random,
): readonly ClassFeatures[] {
  const { features } = coded;
  const names = [...new Set(classes)].sort();
  const places = new Map(names.map((name, place) => [name, place]));
  const of = Int32Array.from(classes, (name) => places.get(name) ?? 0);
  const rowsOf = names.map((): number[] => []);
  of.forEach((own, row) => {
    rowsOf[own].push(row);
  });
  const halves = rowsOf.map((rows) => ({
    fitted: rows.filter((_, i) => i % 2 === 0),
    asked: rows.filter((_, i) => i % 2 === 1),
  }));
  const means = meansOf(
    coded.points,
    halves.map(({ fitted }) => fitted),
  );
  const activations = meanActivations(
    coded.codes,
    of,
    rowsOf.map(({ length }) => length),
  );
  return names.map((name, place) => {
    const differences = differencesOf(activations, place, rowsOf, features);
    const top = differences.slice(0, FEATURES).filter(({ difference }) => difference > 0);
    const others = differences.slice(top.length).filter(({ mean }) => mean > 0);
    const recall = (removed: ReadonlySet<number>) =>
      recallWithout(coded, removed, halves[place].asked, means, place);
    const draws = Array.from({ length: DRAWS }, (_, draw) => {
      const order = random.fork(name).fork(draw).sample(others.length);
      return recall(new Set(Array.from(order.slice(0, top.length), (at) => others[at].feature)));
    });
    return {
      class: name,
      rows: rowsOf[place].length,
      features: top.map(({ name: own, difference }) => ({ name: own, difference })),
      recall: recall(new Set()),
      without: recall(new Set(top.map(({ feature }) => feature))),
      withoutRandom: draws.reduce((sum, x) => sum + x, 0) / DRAWS,
    };
  });
}

function meansOf({ data, cols: d }: Matrix, parts: readonly (readonly number[])[]) {
  const means = zeros64(parts.length, d);
  for (const [j, rows] of parts.entries())
    for (const row of rows)
      for (let c = 0; c < d; c++) means.data[j * d + c] += data[row * d + c] / rows.length;
  return means;
}

/** Classes × features: the mean activation. */
function meanActivations(
  { rows, cols: m, offsets, columns, values }: SparseMatrix,
  of: Int32Array,
  counts: readonly number[],
): Matrix<Float64Array> {
  const means = zeros64(counts.length, m);
  for (let i = 0; i < rows; i++)
    for (let e = offsets[i]; e < offsets[i + 1]; e++)
      means.data[of[i] * m + columns[e]] += values[e] / counts[of[i]];
  return means;
}

/** How far the mean activation of a class lies above that of the other rows, by feature, the furthest first. */
function differencesOf(
  { data, rows: classes, cols: m }: Matrix<Float64Array>,
  place: number,
  rowsOf: readonly (readonly number[])[],
  features: readonly NamedFeature[],
) {
  const n = rowsOf.reduce((sum, rows) => sum + rows.length, 0);
  const own = rowsOf[place].length;
  return features
    .map(({ feature, name }) => {
      let all = 0;
      for (let c = 0; c < classes; c++) all += rowsOf[c].length * data[c * m + feature];
      const mean = data[place * m + feature];
      const rest = n > own ? (all - own * mean) / (n - own) : 0;
      return { feature, name, mean, difference: mean - rest };
    })
    .sort((a, b) => b.difference - a.difference);
}

function recallWithout(
  { points: { data, cols: d }, codes: { offsets, columns, values }, dictionary }: Coded,
  removed: ReadonlySet<number>,
  rows: readonly number[],
  means: Matrix<Float64Array>,
  place: number,
): number {
  const { data: directions } = dictionary.directions;
  const x = new Float64Array(d);
  let right = 0;
  for (const row of rows) {
    for (let c = 0; c < d; c++) x[c] = data[row * d + c];
    for (let e = offsets[row]; e < offsets[row + 1]; e++)
      if (removed.has(columns[e]))
        for (let c = 0; c < d; c++) x[c] -= values[e] * directions[columns[e] * d + c];
    if (nearestMean(means, x) === place) right += 1;
  }
  return right / Math.max(1, rows.length);
}

function nearestMean({ data, rows: k, cols: d }: Matrix<Float64Array>, x: Float64Array): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let j = 0; j < k; j++) {
    let distance = 0;
    for (let c = 0; c < d; c++) distance += (x[c] - data[j * d + c]) ** 2;
    if (distance < least) [best, least] = [j, distance];
  }
  return best;
}
