import { type Matrix, zeros } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { loadGlove } from '../../io/datasets/index.ts';
import { wordTokens } from '../../numerics/text/words.ts';

/** Vectors of words: GloVe's, less their mean, of length 1. */
export interface WordTable {
  readonly rowOf: ReadonlyMap<string, number>;
  readonly points: Matrix<Float32Array>;
}

/** Texts as the vectors of their words, in order: text i is rows offsets[i] to offsets[i + 1]. */
export interface WordSets {
  readonly points: Matrix<Float32Array>;
  readonly offsets: Int32Array;
  /** Words that the table has not, as a share of all. */
  readonly unknown: number;
}

export async function loadWordTable(): Promise<WordTable> {
  const { points: glove, labels = [] } = await loadGlove();
  const { rows: n, cols: d } = glove;
  const mean = new Float64Array(d);
  for (let e = 0; e < n * d; e++) mean[e % d] += glove.data[e] / n;
  const points = zeros(n, d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) points.data[i * d + c] = glove.data[i * d + c] - mean[c];
    toUnit(points.data.subarray(i * d, (i + 1) * d));
  }
  return { rowOf: new Map(labels.map((word, row) => [word, row])), points };
}

/**
 * The words of texts, in lower case, as sets of vectors. A word that the table has not gets a random direction of its
 * own from a stream, the same wherever it stands; without one it is left out.
 */
export function wordSets(
  texts: readonly string[],
  { rowOf, points: { data, cols: d } }: WordTable,
  random?: Random,
): WordSets {
  const rows: Float32Array[] = [];
  const offsets = new Int32Array(texts.length + 1);
  let [all, unknown] = [0, 0];
  for (const [i, text] of texts.entries()) {
    for (const word of wordTokens(text.toLowerCase())) {
      if (!/[\p{L}\p{N}]/u.test(word)) continue;
      const row = rowOf.get(word);
      all += 1;
      if (row !== undefined) rows.push(data.subarray(row * d, (row + 1) * d));
      else {
        unknown += 1;
        if (random) rows.push(randomDirection(d, random.fork(word)));
      }
    }
    offsets[i + 1] = rows.length;
  }
  const points = zeros(rows.length, d);
  for (const [i, row] of rows.entries()) points.data.set(row, i * d);
  return { points, offsets, unknown: unknown / Math.max(1, all) };
}

/** The mean of each set: one vector a text. */
export function meansOf({ points: { data, cols: d }, offsets }: WordSets): Matrix<Float32Array> {
  const out = zeros(offsets.length - 1, d);
  for (let i = 0; i < out.rows; i++) {
    const size = offsets[i + 1] - offsets[i];
    for (let r = offsets[i]; r < offsets[i + 1]; r++)
      for (let c = 0; c < d; c++) out.data[i * d + c] += data[r * d + c] / size;
  }
  return out;
}

function randomDirection(d: number, random: Random): Float32Array {
  const row = Float32Array.from({ length: d }, () => random.normal());
  toUnit(row);
  return row;
}

function toUnit(row: Float32Array): void {
  const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
  for (let c = 0; c < row.length; c++) row[c] /= length;
}
