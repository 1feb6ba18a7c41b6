import { gathered, type Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { type LabelTable, labelAttention, withoutFeatures } from '../../families/learners/index.ts';
import type { Model } from '../../learning/index.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';

/** Rows at the end of a direction that are compared, and features taken out. */
const [TOP, REMOVED] = [10, 5];

/** Texts with the place of the label of each. */
export interface Labeled {
  readonly texts: readonly string[];
  readonly of: Int32Array;
}

/** The place of the largest logit of each text. */
export async function namedBy(model: Model, texts: readonly string[]): Promise<Int32Array> {
  const { data, rows, cols } = (await labelAttention.embed(model, { texts })).points;
  return Int32Array.from({ length: rows }, (_, i) => {
    let best = 0;
    for (let c = 1; c < cols; c++) if (data[i * cols + c] > data[i * cols + best]) best = c;
    return best;
  });
}

/** The mean over labels of 2·right/(there + named). */
export function macroF1(named: Int32Array, of: Int32Array, labels: number): number {
  const [right, sizes] = [new Float64Array(labels), new Float64Array(labels)];
  of.forEach((own, i) => {
    sizes[own]++;
    sizes[named[i]]++;
    if (named[i] === own) right[own]++;
  });
  return (
    right.reduce((sum, hits, c) => sum + (sizes[c] > 0 ? (2 * hits) / sizes[c] : 0), 0) / labels
  );
}

/** Numbers of a column at rows, largest first: the ten rows of most. */
type Column = (row: number) => number;

/** The mean cosine of the pairs of the ten words that have most of each column, on average over columns with ten. */
export function likenessOfTops({ vectors }: LabelTable, columns: readonly Column[]): number {
  const known = Array.from({ length: vectors.rows - 1 }, (_, i) => i + 1);
  const { points: unit } = unitOrZeroRows(vectors);
  const each = columns.flatMap((of) => {
    const top = known.filter((row) => of(row) > 0).sort((a, b) => of(b) - of(a) || a - b);
    return top.length < TOP ? [] : [meanCosine(gathered(unit, top.slice(0, TOP)))];
  });
  return each.reduce((sum, x) => sum + x, 0) / each.length;
}

/** Of unit rows: (‖Σx‖² − n)/(n(n − 1)). */
function meanCosine({ data, rows: n, cols: d }: Matrix): number {
  let squared = 0;
  for (let c = 0; c < d; c++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += data[i * d + c];
    squared += sum * sum;
  }
  return (squared - n) / (n * (n - 1));
}

/** Features by column, and both ends of each column of the vectors, as columns. */
export function columnsOf({ features, vectors }: LabelTable) {
  const dense = new Float64Array(features.rows * features.cols);
  for (let i = 0; i < features.rows; i++)
    for (let e = features.offsets[i]; e < features.offsets[i + 1]; e++)
      dense[i * features.cols + features.columns[e]] = features.values[e];
  const ofFeature =
    (j: number): Column =>
    (row) =>
      dense[row * features.cols + j];
  const ofDimension =
    (c: number, sign: number): Column =>
    (row) =>
      sign * vectors.data[row * vectors.cols + c];
  return {
    features: Array.from({ length: features.cols }, (_, j) => ofFeature(j)),
    dimensions: Array.from({ length: 2 * vectors.cols }, (_, e) =>
      ofDimension(e >> 1, e % 2 ? 1 : -1),
    ),
  };
}

export interface Ablation {
  /** Recall of labels, on average, that is lost without the five features that say most for each. */
  readonly top: number;
  /** The same without five others that the texts of the label have. */
  readonly random: number;
}

/**
 * Features of a label are those with the largest sum over the words of its texts of weight times activation; they are taken
 * out of all words, and the texts of the label asked for again.
 */
export async function ablation(
  model: Model,
  table: LabelTable,
  { texts, of }: Labeled,
  labels: readonly number[],
  random: Random,
): Promise<Ablation> {
  const lost = { top: 0, random: 0 };
  for (const label of labels) {
    const own = texts.filter((_, i) => of[i] === label);
    const ranked = rankedFeatures(table, own, label);
    const others = ranked.slice(REMOVED);
    const drawn = random.fork(label).sample(others.length).slice(0, REMOVED);
    const recall = async (removed: readonly number[]) => {
      const without = await withoutFeatures(model, table, new Set(removed));
      const named = await namedBy(without, own);
      return named.filter((name) => name === label).length / own.length;
    };
    const whole = await recall([]);
    lost.top += (whole - (await recall(ranked.slice(0, REMOVED)))) / labels.length;
    lost.random += (whole - (await recall(Array.from(drawn, (at) => others[at])))) / labels.length;
  }
  return lost;
}

/** The features of the words of texts, by what they say for a label. */
function rankedFeatures(
  { words, features, weights }: LabelTable,
  texts: readonly string[],
  label: number,
): readonly number[] {
  const places = new Map(words.map((word, place) => [word, place]));
  const sums = new Map<number, number>();
  for (const text of texts)
    for (const word of text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu) ??
      []) {
      const i = places.get(word) ?? 0;
      for (let e = features.offsets[i]; e < features.offsets[i + 1]; e++) {
        const j = features.columns[e];
        const own = features.values[e] * weights.data[label * weights.cols + j];
        sums.set(j, (sums.get(j) ?? 0) + own);
      }
    }
  return [...sums].sort(([a, x], [b, y]) => y - x || a - b).map(([j]) => j);
}
