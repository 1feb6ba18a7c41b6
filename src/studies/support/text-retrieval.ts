import { evaluateSearch } from '../../apps/verbs/evaluate-search.ts';
import { buildIndex, type Corpus } from '../../apps/verbs/search.ts';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { loadGlove } from '../../io/datasets/index.ts';
import type { Judgement } from '../../io/judgements.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { effectiveDimensionOf } from '../../structures/spectra/effective-dimension.ts';
import type { CovarianceSpectrum } from '../../structures/spectra/types.ts';
import type { StudyContext } from '../define.ts';
import { sentencesOf, WordVectors } from './text-encoders.ts';
import { alongDirections, varianceDirections } from './variance-directions.ts';

/** Documents and queries as texts, and what answers what. */
export interface Asked {
  readonly documents: readonly string[];
  readonly queries: readonly string[];
  readonly judgements: readonly Judgement[];
}

/** The same as rows of numbers. */
export interface Vectors {
  readonly documents: Matrix<Float32Array>;
  readonly queries: Matrix<Float32Array>;
}

async function gain(
  id: 'exact' | 'bm25',
  corpus: Corpus,
  queries: Corpus,
  judgements: readonly Judgement[],
  { engine, signal }: StudyContext,
): Promise<number> {
  const run = { engine, signal };
  const { index } = await buildIndex(corpus, id, {}, run);
  const options = { cutoffs: [10], depth: 10 };
  return (await evaluateSearch({ ...index, id }, queries, judgements, options, run)).ndcgAt10.value;
}

/** nDCG@10 of BM25. */
export const byWords = ({ documents, queries, judgements }: Asked, study: StudyContext) =>
  gain('bm25', { texts: documents }, { texts: queries }, judgements, study);

/** nDCG@10 of all documents ranked by cosine. */
export const byCosine = (
  { documents, queries }: Vectors,
  { judgements }: Asked,
  study: StudyContext,
) => gain('exact', { points: documents }, { points: queries }, judgements, study);

/** Means of the GloVe vectors of the words. */
export async function glove({ documents, queries }: Asked): Promise<Vectors> {
  const vectors = new WordVectors(await loadGlove());
  const means = (texts: readonly string[]) =>
    unitOrZeroRows(vectors.means(sentencesOf({ texts }), () => 1)).points;
  return { documents: means(documents), queries: means(queries) };
}

/** What an encoder of all texts at once makes of documents and of queries. */
export function parted(points: Matrix<Float32Array>, n: number): Vectors {
  const unit = unitOrZeroRows(points).points;
  const { cols: d, rows: all, data } = unit;
  return {
    documents: matrix(data.subarray(0, n * d), n, d),
    queries: matrix(data.subarray(n * d), all - n, d),
  };
}

/** Vectors with the directions of their documents. */
export interface Encoder {
  readonly vectors: Vectors;
  readonly directions: CovarianceSpectrum;
  /** The τ-effective dimension for the share of the variance, and as a share of all dimensions. */
  readonly k: number;
  readonly ofAll: number;
  /** nDCG@10 of all dimensions. */
  readonly gain: number;
}

export async function encoderOf(
  vectors: Vectors,
  asked: Asked,
  share: number,
  study: StudyContext,
): Promise<Encoder> {
  const directions = await varianceDirections(vectors.documents, study.engine);
  const k = effectiveDimensionOf(directions.values, share);
  const ofAll = k / vectors.documents.cols;
  return { vectors, directions, k, ofAll, gain: await byCosine(vectors, asked, study) };
}

/** nDCG@10 by cosine of the coordinates along the first k directions. */
export async function gainInDirections(
  { vectors, directions, k }: Encoder,
  asked: Asked,
  study: StudyContext,
): Promise<number> {
  const cut = (points: Matrix) => alongDirections(points, directions, k, study.engine);
  const documents = await cut(vectors.documents);
  return byCosine({ documents, queries: await cut(vectors.queries) }, asked, study);
}
