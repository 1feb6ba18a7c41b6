import {
  constant,
  crossEntropy,
  dense,
  embedding,
  embeddingTable,
  IGNORED,
  linear,
  multiply,
  normalizeRows,
  reshape,
  scale,
  subtract,
  sum,
  type Tensor,
  take,
} from '../../../../learning/index.ts';
import { sphere } from '../../../../manifolds/index.ts';
import type { Network } from '../../types.ts';
import { type TextUnits, type UnitsSettings, unitsOf } from '../text-units.ts';
import { type EncoderDecoder, type Memory, type Noise, noNoise } from './encoder-decoder.ts';
import { recurrent } from './recurrent.ts';
import { filledPlaces, lastPlaces, padded, type Sentences } from './sentences.ts';
import { transformer } from './transformer.ts';

export const ARCHITECTURES = ['gru', 'transformer'] as const;
export const OUTPUTS = ['discrete', 'continuous'] as const;
export const TABLES = ['sphere', 'euclidean', 'fixed'] as const;

/** All that a saved translator holds besides its arrays. */
export type TranslatorSettings = {
  readonly source: UnitsSettings;
  readonly target: UnitsSettings;
  readonly architecture: (typeof ARCHITECTURES)[number];
  readonly outputs: (typeof OUTPUTS)[number];
  readonly table: (typeof TABLES)[number];
  readonly dim: number;
  readonly heads: number;
  /** Units of the longest sentence, its end included. */
  readonly longest: number;
  readonly seed: number;
};

/** A sentence and its translation as ids, each with its end. */
export interface Pair {
  readonly source: Int32Array;
  readonly target: Int32Array;
}

export interface Predicted {
  /** A vector for each place of the targets, in order: n × d. */
  readonly vectors: Tensor;
  /** The ids that stand there; −1 for rows that count for nothing. */
  readonly ids: Int32Array;
}

export interface TranslatorNetwork extends Network {
  readonly settings: TranslatorSettings;
  /** The decoder's table as unit rows, v × d: a row for each unit of the target, and for the end of a sentence. */
  readonly directions: Tensor;
  readonly labels: readonly string[];
  /** The id of the target that has no text, where there is one. */
  readonly unknown: number | undefined;
  readonly sourceIds: (text: string) => Int32Array;
  readonly targetIds: (text: string) => Int32Array;
  /** The text of ids up to the first end. */
  readonly textOf: (ids: ArrayLike<number>) => string;
  readonly read: (source: Sentences, noise?: Noise) => Memory;
  /** The vector that follows each beginning, all of one length (none: 0) → b × d. */
  readonly next: (beginnings: readonly (readonly number[])[], memory: Memory) => Tensor;
  readonly predict: (pairs: readonly Pair[], noise?: Noise) => Predicted;
  /** How well each row of the table fits: its inner product with the vector, n × v. */
  readonly scores: (vectors: Tensor) => Tensor;
  /** Cross-entropy, or the mean of 1 − cosine. */
  readonly loss: (predicted: Predicted, smoothing?: number) => Tensor;
}

/** The network of these settings with its first parameters. */
export function translatorNetwork(
  settings: TranslatorSettings,
  float64 = false,
): TranslatorNetwork {
  const { architecture, outputs, dim, heads, seed } = settings;
  const options = { dim, heads, seed, float64 };
  const model: EncoderDecoder = architecture === 'gru' ? recurrent(options) : transformer(options);
  const [source, target] = [unitsOf(settings.source), unitsOf(settings.target)];
  const own = { seed, float64, cols: dim, deviation: 1 / Math.sqrt(dim) };
  const sourceTable = embeddingTable({ ...own, name: 'source', rows: source.size + 1 });
  const { table, directions, learned } = decoderTable(settings, target.size + 1, own);
  const last = dense({ seed, float64, name: 'output', inputs: dim, outputs: dim });
  const begin = target.size;
  const ended =
    ({ encode, size }: TextUnits) =>
    (text: string) =>
      Int32Array.of(...encode(text), size);
  const looked = (rows: Tensor) => scale(rows, Math.sqrt(dim));
  const decoded = ({ ids, count, width }: Sentences, memory: Memory, noise: Noise) => {
    const rows = looked(embedding(table, ids, [count, width]));
    return reshape(model.decode(rows, memory, noise), [count * width, dim]);
  };
  const read = (sentences: Sentences, noise: Noise = noNoise) =>
    model.encode(looked(sourceTable(sentences.ids)), sentences, noise);
  return {
    settings,
    parameters: [...sourceTable.parameters, ...learned, ...model.parameters, ...last.parameters],
    directions,
    labels: [...target.labels, '<end>'],
    unknown: target.unknown,
    sourceIds: ended(source),
    targetIds: ended(target),
    textOf(ids) {
      const all = Array.from(ids);
      return target.decode(all.slice(0, all.includes(begin) ? all.indexOf(begin) : all.length));
    },
    read,
    next(beginnings, memory) {
      const sentences = padded(beginnings.map((ids) => [begin, ...ids]));
      return last(take(decoded(sentences, memory, noNoise), lastPlaces(sentences)));
    },
    predict(pairs, noise = noNoise) {
      const memory = read(padded(pairs.map((pair) => pair.source)), noise);
      const targets = padded(pairs.map((pair) => pair.target));
      const before = padded(pairs.map((pair) => shifted(pair.target, begin)));
      const { places, ids } = filledPlaces(targets);
      return { vectors: last(take(decoded(before, memory, noise), places)), ids };
    },
    scores: (vectors) => linear(vectors, outputs === 'discrete' ? table : directions),
    loss({ vectors, ids }, smoothing = 0) {
      if (outputs === 'discrete') return crossEntropy(linear(vectors, table), ids, { smoothing });
      return meanAngularLoss({ vectors, ids }, directions, float64);
    },
  };
}

/** The mean of 1 − cos(vector, row of its id) over the vectors that have an id. */
function meanAngularLoss(
  { vectors, ids }: Predicted,
  directions: Tensor,
  float64: boolean,
): Tensor {
  const [n, d] = vectors.shape;
  const counted = ids.filter((id) => id !== IGNORED).length;
  const weights = new (float64 ? Float64Array : Float32Array)(n * d);
  ids.forEach((id, i) => {
    if (id !== IGNORED) weights.fill(1 / counted, i * d, (i + 1) * d);
  });
  const rows = embedding(
    directions,
    ids.map((id) => Math.max(0, id)),
  );
  const cosines = multiply(normalizeRows(vectors), multiply(rows, constant(weights, [n, d])));
  const one = constant(weights.slice(0, 1).fill(1), []);
  return subtract(one, sum(cosines));
}

/** What stands before each id: the sentence one place on. */
function shifted(ids: Int32Array, begin: number): Int32Array {
  return Int32Array.of(begin, ...ids.subarray(0, -1));
}

/** The decoder's table, its unit rows, and the parameters that training moves of it. */
function decoderTable(
  { table: kind }: TranslatorSettings,
  rows: number,
  options: { readonly seed: number; readonly float64: boolean; readonly cols: number },
) {
  const manifold = kind === 'euclidean' ? undefined : sphere;
  const [table] = embeddingTable({ ...options, name: 'target', rows, manifold }).parameters;
  if (kind !== 'fixed')
    return { table, directions: manifold ? table : normalizeRows(table), learned: [table] };
  const fixed = constant(table.data, table.shape);
  return { table: fixed, directions: fixed, learned: [] };
}
