import { gathered, type Matrix, matrix, toFloat32 } from '../../core/matrix.ts';
import type { SparseMatrix } from '../../core/sparse.ts';
import type { Codec, Encoded, ReadyCodec } from '../../families/compression/types.ts';
import { sparse } from '../../families/search/index.ts';
import { loadGlove } from '../../io/datasets/index.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { principalAxes } from '../../structures/spectra/principal-axes.ts';
import type { DataSource, StudyContext } from '../define.ts';
import { nearestTo, sharedOf } from './coded-retrieval.ts';
import { loadImages } from './images.ts';

/** Rows that are searched and rows that are asked with, centered; of which class each is, where there are classes. */
export interface Rows {
  readonly documents: Matrix<Float32Array>;
  readonly queries: Matrix<Float32Array>;
  readonly labels?: { readonly documents: Int32Array; readonly queries: Int32Array };
  /** The ten documents nearest to each query by cosine: q × 10. */
  readonly truth: Int32Array;
}

export interface Size {
  readonly documents: number;
  readonly queries: number;
}

/** How long a sparse code is, and how it is trained. */
export interface Training {
  readonly latents: number;
  readonly steps: number;
  readonly batch: number;
}

/** What a way of coding finds. */
export interface Quality {
  /** Share of the queries whose first document is of their class; 0 without classes. */
  readonly accuracy: number;
  /** Share of the ten nearest documents that is among the first ten. */
  readonly recall: number;
}

/** Digits in principal components of the documents. */
export async function digitRows(
  study: StudyContext,
  size: Size,
  components: number,
): Promise<Rows> {
  const { train, test } = await loadImages(study, 'mnist');
  const { engine, random, signal } = study;
  const own = random.fork('digits').sample(train.images.rows, size.documents);
  const asked = random.fork('queries').sample(test.images.rows, size.queries);
  const images = gathered(train.images, own);
  const mean = meanRow(images);
  const { vectors } = await principalAxes(lessRow(images, mean), components, engine, { signal });
  const onAxes = async (rows: Matrix<Float32Array>) =>
    toFloat32(await engine.matmul(lessRow(rows, mean), toFloat32(vectors), true, { signal }));
  const documents = await onAxes(images);
  const queries = await onAxes(gathered(test.images, asked));
  return {
    documents,
    queries,
    labels: {
      documents: own.map((i) => train.labels[i]),
      queries: asked.map((i) => test.labels[i]),
    },
    truth: await nearestTo({ documents, queries }, 10, study),
  };
}

/** Words of GloVe, of 100 columns, less the mean of the documents. */
export async function wordRows(study: StudyContext, size: Size): Promise<Rows> {
  const { points } = await loadGlove();
  const drawn = study.random.fork('words').sample(points.rows, size.documents + size.queries);
  const all = toFloat32(points);
  const plain = gathered(all, drawn.subarray(0, size.documents));
  const mean = meanRow(plain);
  const documents = lessRow(plain, mean);
  const queries = lessRow(gathered(all, drawn.subarray(size.documents)), mean);
  return { documents, queries, truth: await nearestTo({ documents, queries }, 10, study) };
}

export function qualityOf({ labels, truth }: Rows, found: Int32Array): Quality {
  let right = 0;
  labels?.queries.forEach((own, q) => {
    if (labels.documents[found[10 * q]] === own) right++;
  });
  const accuracy = labels ? right / labels.queries.length : 0;
  return { accuracy, recall: sharedOf(truth, found, 10) };
}

/** Documents and queries coded by one codec, and decoded. */
export async function decodedQuality(
  rows: Rows,
  encoded: Encoded,
  ready: ReadyCodec,
  study: StudyContext,
): Promise<{ readonly both: Quality; readonly plainQueries: Quality }> {
  const { engine, signal } = study;
  const documents = await ready.decode(encoded.codes, { engine, signal });
  const asked = await ready.encode(rows.queries, { engine, signal });
  const queries = await ready.decode(asked, { engine, signal });
  const among = async (given: Matrix<Float32Array>) =>
    qualityOf(rows, await nearestTo({ documents, queries: given }, 10, study));
  return { both: await among(queries), plainQueries: await among(rows.queries) };
}

/** The first columns alone: the first principal coordinates, where the rows are components. */
export function firstAxes({ documents, queries }: Rows, count: number) {
  const cut = ({ data, rows, cols }: Matrix<Float32Array>) =>
    matrix(
      data.filter((_, e) => e % cols < count),
      rows,
      count,
    );
  return { documents: cut(documents), queries: cut(queries) };
}

/** The same model with another number of values in its codes. */
export function withK(codec: Pick<Codec, 'ready'>, { model }: Encoded, k: number) {
  return codec.ready({ ...model, settings: { ...model.settings, k } });
}

export interface SparseQuality extends Quality {
  /** Multiplications for a query and a document, counted by the index. */
  readonly operations: number;
  /** The same as Σp² of the documents says it. */
  readonly expected: number;
  /** Numbers above 0 of a query, on average. */
  readonly queryNonzeros: number;
}

/** What an inverted file of the codes of the documents finds for the codes of the queries. */
export async function sparseQuality(
  rows: Rows,
  ready: ReadyCodec,
  study: StudyContext,
): Promise<SparseQuality> {
  const { engine, signal } = study;
  const codesOf = async (given: Matrix<Float32Array>) =>
    ready.sparse?.(await ready.encode(given, { engine, signal })) as SparseMatrix;
  const documents = await codesOf(rows.documents);
  const { index, facts } = await sparse({ sparse: documents }, {}, { engine, signal });
  const asked = await codesOf(rows.queries);
  const found = await sparse.search(index, { sparse: asked }, { k: 10 }, { engine, signal });
  const counted = (found.operations ?? new Float64Array(0)).reduce((sum, own) => sum + own, 0);
  return {
    ...qualityOf(rows, found.rows),
    operations: counted / rows.queries.rows / documents.rows,
    expected: facts['flops'],
    queryNonzeros: asked.values.length / asked.rows,
  };
}

/** What sparse codes are tried on. */
export const DIGITS_AND_WORDS: readonly DataSource[] = [
  {
    name: 'MNIST: 1,400 training images in 128 principal components of theirs, 450 test images as queries',
    source: 'study-data/mnist',
    licence: 'CC BY-SA 3.0',
  },
  {
    name: 'GloVe: 6,000 words of 100 columns, 300 others as queries',
    source: 'dataset:glove',
    licence: 'PDDL',
  },
];
