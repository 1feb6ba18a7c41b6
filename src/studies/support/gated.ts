import { gathered, type Matrix, matrix, row } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { classifier, gatedPairs, pairGates } from '../../families/learners/index.ts';
import type { Model } from '../../learning/index.ts';
import { areaUnderRoc } from '../../numerics/statistics/area-under-roc.ts';
import type { StudyContext } from '../define.ts';
import type { Labeled } from './transfer.ts';

export const DIM = 64;
const HIDDEN = 128;
/** Pairs of classes that are looked at, and rows of a class in each. */
const PAIRS = 20;
const ROWS = 15;

interface Training {
  readonly batch: number;
  readonly steps: number;
}

const shared = ({ seed }: StudyContext, { batch, steps }: Training) => ({
  ...{ seed, batch, steps },
  ...{ dim: DIM, hidden: HIDDEN, learningRate: 0.002 },
});

const examplesOf = ({ points, labels }: Labeled) => ({
  points,
  classes: Array.from(labels, String),
});

/** A model of pairs, of any classes in gated subspaces or of rows of one class without. */
export async function trainedOnPairs(
  study: StudyContext,
  data: Labeled,
  pairs: 'arbitrary' | 'identical',
  training: Training,
): Promise<Model> {
  const { engine, signal } = study;
  const options = { ...shared(study, training), pairs, gate: pairs === 'arbitrary' };
  return (await gatedPairs(examplesOf(data), options, { engine, signal })).model;
}

export async function trainedAsClassifier(
  study: StudyContext,
  data: Labeled,
  training: Training,
): Promise<Model> {
  const { engine, signal } = study;
  const options = { ...shared(study, training), head: 'softmax', heldOut: 0 } as const;
  return (await classifier(examplesOf(data), options, { engine, signal })).model;
}

/** What a model makes of rows. */
export async function embeddedBy(
  { engine }: StudyContext,
  model: Model,
  { points, labels }: Labeled,
  embedding: 'features' | 'projection' = 'features',
): Promise<Labeled> {
  const learner = model.kind === 'classifier' ? classifier : gatedPairs;
  const asked = { ...model, settings: { ...model.settings, embedding } };
  return { points: (await learner.embed(asked, { points }, { engine })).points, labels };
}

/** Pairs of different classes, drawn. */
export function drawnPairs(labels: Int32Array, random: Random): (readonly [number, number])[] {
  const classes = [...new Set(labels)].sort((a, b) => a - b);
  return Array.from({ length: PAIRS }, () => {
    const [a, b] = random.sample(classes.length, 2);
    return [classes[a], classes[b]] as const;
  });
}

/**
 * Over pairs of classes a, b, the mean probability that a row of a is nearer to one of b than to one of neither, by
 * cosine inside the pair's gate; and by cosine of all columns.
 */
export async function separationInGates(
  study: StudyContext,
  model: Model,
  data: Labeled,
): Promise<{ value: number; baseline: number }> {
  const random = study.random.fork('pairs of gates');
  const projected = await embeddedBy(study, model, data, 'projection');
  const pairs = drawnPairs(data.labels, random);
  const gates = await pairGates(
    model,
    pairs.map(([a, b]) => [String(a), String(b)]),
    study,
  );
  const open = new Float32Array(gates.cols).fill(1);
  let [value, baseline] = [0, 0];
  pairs.forEach(([a, b], at) => {
    const own = someOf(projected, (label) => label === a, ROWS, random);
    const partner = someOf(projected, (label) => label === b, ROWS, random);
    const others = someOf(projected, (label) => label !== a && label !== b, 4 * ROWS, random);
    const area = (gate: ArrayLike<number>) =>
      areaUnderRoc(cosines(own, others, gate), cosines(own, partner, gate));
    value += area(row(gates, at)) / PAIRS;
    baseline += area(open) / PAIRS;
  });
  return { value, baseline };
}

/**
 * Over pairs of classes, how well half of the columns tell rows of the two from others by the cosine with their mean: the
 * columns whose means differ most for the training rows, and random ones.
 */
export function separationByMasks(
  { random: stream }: StudyContext,
  train: Labeled,
  test: Labeled,
): { value: number; baseline: number } {
  const random = stream.fork('masks');
  const d = train.points.cols;
  let [value, baseline] = [0, 0];
  for (const [a, b] of drawnPairs(train.labels, random)) {
    const isOwn = (label: number) => label === a || label === b;
    const [own, others] = [rowsWhere(train, isOwn), rowsWhere(train, (label) => !isOwn(label))];
    const [mean, rest] = [meanOf(own), meanOf(others)];
    const spread = deviations(train.points);
    const gap = mean.map((x, c) => Math.abs(x - rest[c]) / Math.max(spread[c], 1e-9));
    const best = [...gap.keys()].sort((p, q) => gap[q] - gap[p]).slice(0, d >> 1);
    const area = (columns: ArrayLike<number>) => {
      const mask = new Float32Array(d);
      for (let i = 0; i < columns.length; i++) mask[columns[i]] = 1;
      const scores = cosines(matrix(mean, 1, d), test.points, mask);
      return areaUnderRoc(
        scores.filter((_, i) => !isOwn(test.labels[i])),
        scores.filter((_, i) => isOwn(test.labels[i])),
      );
    };
    value += area(best) / PAIRS;
    baseline += area(random.sample(d, d >> 1)) / PAIRS;
  }
  return { value, baseline };
}

/** How well the likeness of rows, less their mean, tells pairs of one group from others. */
export function groupsRecovered({ data, rows: n, cols: d }: Matrix, groupOf: Int32Array): number {
  const mean = meanOf({ data, rows: n, cols: d });
  const middle = matrix(
    Float64Array.from(data, (x, e) => x - mean[e % d]),
    n,
    d,
  );
  const likeness = cosines(middle, middle, new Float64Array(d).fill(1));
  const [within, between]: number[][] = [[], []];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++)
      (groupOf[i] === groupOf[j] ? within : between).push(likeness[i * n + j]);
  }
  return areaUnderRoc(between, within);
}

/** The mean row of each class, in the order of their numbers. */
export function classMeans({ points, labels }: Labeled): Matrix {
  const classes = [...new Set(labels)].sort((a, b) => a - b);
  const means = classes.map((c) => meanOf(rowsWhere({ points, labels }, (label) => label === c)));
  return matrix(Float64Array.from(means.flatMap((mean) => [...mean])), classes.length, points.cols);
}

/** The rows with these labels. */
export function labeledWhere(data: Labeled, wanted: (label: number) => boolean): Labeled {
  const places = placesWhere(data, wanted);
  return { points: gathered(data.points, places), labels: places.map((i) => data.labels[i]) };
}

const placesWhere = ({ labels }: Labeled, wanted: (label: number) => boolean) =>
  Int32Array.from(labels.keys()).filter((i) => wanted(labels[i]));

const rowsWhere = (data: Labeled, wanted: (label: number) => boolean) =>
  gathered(data.points, placesWhere(data, wanted));

function someOf(
  data: Labeled,
  wanted: (label: number) => boolean,
  count: number,
  random: Random,
): Matrix {
  const places = placesWhere(data, wanted);
  const drawn = random.sample(places.length, Math.min(count, places.length));
  return gathered(
    data.points,
    drawn.map((i) => places[i]),
  );
}

/** cos(g∘aᵢ, g∘bⱼ) for all i and j, row by row; 0 for a row of zeros. */
function cosines(a: Matrix, b: Matrix, gate: ArrayLike<number>): Float64Array {
  const d = a.cols;
  const gated = ({ data, rows: n }: Matrix) => {
    const out = Float64Array.from(data, (x, e) => x * gate[e % d]);
    for (let i = 0; i < n; i++) {
      let squares = 0;
      for (let c = 0; c < d; c++) squares += out[i * d + c] ** 2;
      const length = Math.sqrt(squares) || 1;
      for (let c = 0; c < d; c++) out[i * d + c] /= length;
    }
    return out;
  };
  const [x, y] = [gated(a), gated(b)];
  const out = new Float64Array(a.rows * b.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.rows; j++) {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += x[i * d + c] * y[j * d + c];
      out[i * b.rows + j] = sum;
    }
  }
  return out;
}

function meanOf({ data, rows: n, cols: d }: Matrix): Float64Array {
  const mean = new Float64Array(d);
  for (let e = 0; e < data.length; e++) mean[e % d] += data[e] / n;
  return mean;
}

function deviations(rows: Matrix): Float64Array {
  const mean = meanOf(rows);
  const squares = new Float64Array(rows.cols);
  for (let e = 0; e < rows.data.length; e++)
    squares[e % rows.cols] += (rows.data[e] - mean[e % rows.cols]) ** 2 / rows.rows;
  return squares.map(Math.sqrt);
}
