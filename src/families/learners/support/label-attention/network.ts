import type { Floats } from '../../../../core/matrix.ts';
import type { Random } from '../../../../core/random.ts';
import {
  addRows,
  attentionBag,
  constant,
  linear,
  type Parameter,
  parameter,
  relu,
  type Tensor,
  topK,
} from '../../../../learning/index.ts';
import {
  firstAutoencoder,
  latentsOf,
  type SparseAutoencoder,
} from '../../../../learning/sparse-autoencoder/index.ts';
import type { Network } from '../../types.ts';
import { bagsOf } from '../bags.ts';
import type { LabelKind } from './label-sets.ts';

export const ATTENTION = ['dictionary', 'dense'] as const;

/** What fixes a network of label attention. */
export type LabelAttentionSettings = {
  readonly attention: (typeof ATTENTION)[number];
  readonly words: readonly string[];
  readonly classes: readonly string[];
  readonly labels: LabelKind;
  readonly dim: number;
  readonly features: number;
  /** Features kept of a word; 0: all above 0. */
  readonly k: number;
};

export interface LabelAttention extends Network {
  /** v × d, and false until the words' vectors are there. */
  readonly vectors: Floats;
  readonly autoencoder?: SparseAutoencoder | undefined;
  /** C × features, or C × d where attention is dense: what each label looks for. */
  readonly queries: Parameter;
  readonly weight: Parameter;
  readonly bias: Parameter;
}

/** The network with no word and no label yet. */
export function newLabelAttention(
  { attention, words, classes, dim: d, features: m }: LabelAttentionSettings,
  random: Random,
  like: Floats,
): LabelAttention {
  const numbers = like.constructor as new (n: number) => Floats;
  const vectors = new numbers(words.length * d);
  const c = classes.length;
  const isDense = attention === 'dense';
  const autoencoder = isDense
    ? undefined
    : firstAutoencoder({ latents: m, cols: d }, 'unit', random.fork('dictionary'), like);
  const wide = isDense ? d : m;
  const queries = parameter('queries', new numbers(c * wide), [c, wide]);
  const weight = parameter('head.weight', new numbers(c * d), [c, d]);
  const bias = parameter('head.bias', new numbers(c), [c]);
  const { weight: encoder, decoder, center, bias: thresholds } = autoencoder ?? {};
  const own = [encoder, decoder, center, thresholds].filter((one) => one !== undefined);
  return {
    vectors,
    autoencoder,
    queries,
    weight,
    bias,
    parameters: [...own, queries, weight, bias],
    also: { words: { vectors } },
  };
}

/** Words of a batch, each once, and the texts as bags of them. */
export interface Words {
  /** u × d. */
  readonly x: Tensor;
  readonly ids: Int32Array;
  readonly offsets: Int32Array;
}

export function wordsOf(
  { vectors }: LabelAttention,
  { dim: d }: LabelAttentionSettings,
  texts: readonly Int32Array[],
  rows: Int32Array,
): Words {
  const { ids, offsets } = bagsOf(texts, rows);
  const places = new Map<number, number>();
  const own = ids.map((id) => {
    const place = places.get(id) ?? places.size;
    places.set(id, place);
    return place;
  });
  const data = new (vectors.constructor as new (n: number) => Floats)(places.size * d);
  for (const [id, place] of places) data.set(vectors.subarray(id * d, (id + 1) * d), place * d);
  return { x: constant(data, [places.size, d]), ids: own, offsets };
}

/** The features of words, u × m: f = ReLU(W(x − b) + a), or the k largest of it. */
export function featuresOfWords(
  autoencoder: SparseAutoencoder,
  x: Tensor,
  { k }: Pick<LabelAttentionSettings, 'k'>,
): { readonly latents: Tensor; readonly codes: Tensor } {
  const latents = latentsOf(autoencoder, x);
  return { latents, codes: relu(k > 0 ? topK(latents, k) : latents) };
}

/** A logit for each text and label: what a label attends to, read by its weights. */
export function logitsOf(
  { queries, weight, bias }: LabelAttention,
  seen: Tensor,
  { x, ids, offsets }: Words,
): Tensor {
  return addRows(attentionBag(linear(seen, queries), linear(x, weight), ids, offsets), bias);
}
