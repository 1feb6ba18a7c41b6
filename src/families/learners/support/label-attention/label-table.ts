import { InputError } from '../../../../core/errors.ts';
import { type Matrix, matrix } from '../../../../core/matrix.ts';
import { Random } from '../../../../core/random.ts';
import { type SparseMatrix, sparseMatrix } from '../../../../core/sparse.ts';
import { defaultEngine } from '../../../../engine/choose.ts';
import type { Engine } from '../../../../engine/engine.ts';
import {
  constant,
  decodeModel,
  encodeModel,
  evaluate,
  type Model,
  restoreModel,
  type StoredModel,
  Workspace,
} from '../../../../learning/index.ts';
import { featuresOfWords, type LabelAttentionSettings, newLabelAttention } from './network.ts';

const KIND = 'label-attention';

/** What a model of `labelAttention` knows, as a table. */
export interface LabelTable {
  readonly words: readonly string[];
  readonly labels: readonly string[];
  /** Words × columns, as the model sees them; that of unknown words is 0. */
  readonly vectors: Matrix;
  /** Words × features: how much each word has of each. */
  readonly features: SparseMatrix;
  /** Features × columns, of length 1: what a feature adds to a word. */
  readonly directions: Matrix;
  /** Labels × features: how much each label looks for each. */
  readonly weights: Matrix;
}

/** The words, features and labels of a model whose labels attend to a dictionary. */
export async function labelTable(
  given: Model | StoredModel,
  { engine }: { readonly engine?: Engine | undefined } = {},
): Promise<LabelTable> {
  const { network, settings } = await networkOf(given);
  const { vectors, autoencoder, queries } = network;
  if (!autoencoder)
    throw new InputError(
      KIND,
      'the labels of this model look at words themselves, not at features.',
    );
  const { words, classes, dim: d, features: m } = settings;
  const x = constant(vectors, [words.length, d]);
  const workspace = new Workspace(
    engine ?? (await defaultEngine(matrix(vectors, words.length, d))),
  );
  const codes = await evaluate(featuresOfWords(autoencoder, x, settings).codes, workspace);
  const entries = Array.from(codes, (value, e) => ({
    row: Math.floor(e / m),
    column: e % m,
    value,
  })).filter(({ value, row }) => value > 0 && row > 0);
  return {
    words,
    labels: classes,
    vectors: matrix(vectors, words.length, d),
    features: sparseMatrix(words.length, m, entries),
    directions: matrix(autoencoder.decoder.data, m, d),
    weights: matrix(queries.data, classes.length, m),
  };
}

/** The model with these features taken out of all its words: x less Σ fⱼ·directionⱼ. */
export async function withoutFeatures(
  given: Model | StoredModel,
  { features, directions }: LabelTable,
  removed: ReadonlySet<number>,
): Promise<Model> {
  const { network, settings } = await networkOf(given);
  const { cols: d, data } = directions;
  for (let i = 0; i < features.rows; i++)
    for (let e = features.offsets[i]; e < features.offsets[i + 1]; e++) {
      const j = features.columns[e];
      if (!removed.has(j)) continue;
      for (let c = 0; c < d; c++)
        network.vectors[i * d + c] -= features.values[e] * data[j * d + c];
    }
  return { kind: KIND, settings, parameters: network.parameters, also: network.also };
}

/** A network of its own with the values of the model. */
async function networkOf(given: Model | StoredModel) {
  const stored = 'tensors' in given ? given : await decodeModel(encodeModel(given), KIND);
  if (stored.kind !== KIND)
    throw new InputError(stored.name, `the model was made by ${stored.kind}, not by ${KIND}.`);
  const settings = stored.settings as unknown as LabelAttentionSettings;
  const own = stored.tensors.get('head.bias')?.data;
  const like = own instanceof Float64Array ? new Float64Array(1) : new Float32Array(1);
  const network = newLabelAttention(settings, Random.fromSeed(0), like);
  restoreModel({ kind: KIND, settings, ...network }, stored);
  return { network, settings };
}
