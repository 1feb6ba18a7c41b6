import { gathered, type Matrix, matrix, toFloat32 } from '../../core/matrix.ts';
import type { Codec, Encoded, ReadyCodec } from '../../families/compression/types.ts';
import { loadPackageDescriptions } from '../../io/datasets/index.ts';
import type { OptionSpecs } from '../../method/options.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { discount, idealGain } from '../../structures/retrieval/rankings.ts';
import type { DataSource, StudyContext } from '../define.ts';
import { loadRequests } from './requests.ts';

/** Vectors that are searched, vectors that are asked with, and which documents answer which query. */
export interface Searched {
  readonly documents: Matrix<Float32Array>;
  readonly queries: Matrix<Float32Array>;
  /** For each query how much each document that answers it is worth. */
  readonly answers: readonly ReadonlyMap<number, number>[];
}

/** Documents and queries as some code leaves them. */
export type Vectors = Pick<Searched, 'documents' | 'queries'>;

/** What a collection is worth as it is coded. */
export interface Found {
  /** nDCG of the first ten, by the judgements. */
  readonly gain: number;
  /** Share of the ten nearest of the plain vectors that are among the ten nearest, both by cosine. */
  readonly kept: number;
}

interface Size {
  readonly documents: number;
  readonly queries: number;
}

type Study = Pick<StudyContext, 'engine' | 'signal'>;

/** Facets of debtags that say what a package is about; the others say what it is made of. */
const TOPICS = new Set(
  'accessibility admin biology culture field game hardware junior mail network office protocol science security sound use web works-with works-with-format'.split(
    ' ',
  ),
);

/** Package descriptions, 512 columns; a document answers a query as far as they share topics: one point for each. */
export async function describedPackages(
  { quick, data, random }: StudyContext,
  size: Size,
): Promise<Searched> {
  // The package ships a quarter of them, enough for the quick form.
  const folder = quick ? undefined : await data.folder('package-descriptions');
  const { points, columns } = await loadPackageDescriptions(folder);
  const topics = Array.from(columns?.['tags'] as readonly string[], (tags) =>
    tags.split(' ').filter((tag) => TOPICS.has(tag.split('::')[0])),
  );
  const order = random.fork('packages').sample(points.rows);
  const documents = order.subarray(0, size.documents);
  const queries = order
    .subarray(size.documents)
    .filter((row) => topics[row].length > 0)
    .subarray(0, size.queries);
  const withTopic = new Map<string, number[]>();
  documents.forEach((row, document) => {
    for (const topic of topics[row])
      withTopic.set(topic, [...(withTopic.get(topic) ?? []), document]);
  });
  const answers = Array.from(queries, (row) => {
    const shared = new Map<number, number>();
    for (const topic of topics[row])
      for (const document of withTopic.get(topic) ?? [])
        shared.set(document, (shared.get(document) ?? 0) + 1);
    return shared;
  });
  return {
    documents: toFloat32(gathered(points, documents)),
    queries: toFloat32(gathered(points, queries)),
    answers,
  };
}

/** Requests, 192 columns; the training requests of its intent answer a test request. */
export async function intendedRequests(
  { data, random }: StudyContext,
  size: Size,
): Promise<Searched> {
  const { train, test } = (await loadRequests(data)).inScope;
  const documents = random.fork('train').sample(train.labels.length, size.documents);
  const queries = random.fork('test').sample(test.labels.length, size.queries);
  const ofIntent = new Map<number, Map<number, number>>();
  documents.forEach((row, document) => {
    const intent = train.labels[row];
    ofIntent.set(intent, (ofIntent.get(intent) ?? new Map<number, number>()).set(document, 1));
  });
  return {
    documents: gathered(train.vectors, documents),
    queries: gathered(test.vectors, queries),
    answers: Array.from(queries, (row) => ofIntent.get(test.labels[row]) ?? new Map()),
  };
}

/** What is found by cosine among vectors as they are coded. */
export async function foundBy(
  { answers, ...plain }: Searched,
  { documents, queries }: Vectors,
  study: Study,
): Promise<Found> {
  const truth = await nearestTo(plain, 10, study);
  const found = await nearestTo({ documents, queries }, 10, study);
  return { gain: meanGain(answers, found), kept: sharedOf(truth, found, 10) };
}

/** nDCG@10, the mean over the queries that have an answer. */
function meanGain(answers: Searched['answers'], found: Int32Array): number {
  const gains = answers.flatMap((worth, q) => {
    if (worth.size === 0) return [];
    const first = [...found.subarray(10 * q, 10 * (q + 1))];
    const gained = first.reduce(
      (sum, document, i) => sum + (worth.get(document) ?? 0) * discount(i + 1, 10),
      0,
    );
    return [gained / idealGain(Float64Array.from(worth.values()), 10)];
  });
  return gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
}

/** Documents that were coded and decoded. */
export interface Stored {
  readonly bytes: number;
  readonly found: Found;
  /** With plain queries. */
  readonly vectors: Vectors;
  /** With queries that are coded, too. */
  readonly bothCoded: Vectors;
  readonly ready: ReadyCodec;
  readonly encoded: Encoded;
}

/** What plain queries find among documents that were coded and decoded. */
export async function codedBy<S extends OptionSpecs>(
  searched: Searched,
  codec: Codec<S>,
  options: NonNullable<Parameters<Codec<S>>[1]>,
  { engine, signal }: Study,
): Promise<Stored> {
  const run = { engine, signal };
  const encoded = await codec(searched.documents, options, run);
  const { codes, model, bytesPerVector: bytes } = encoded;
  const ready = await codec.ready(model);
  const documents = await ready.decode(codes, run);
  const queries = await ready.decode(await ready.encode(searched.queries, run), run);
  const vectors = { documents, queries: searched.queries };
  const found = await foundBy(searched, vectors, run);
  return { bytes, found, vectors, bothCoded: { documents, queries }, ready, encoded };
}

/** The k documents nearest to each query by cosine: q × k. */
export async function nearestTo(
  { documents, queries }: Vectors,
  k: number,
  { engine, signal }: Study,
): Promise<Int32Array> {
  const unit = (rows: Matrix) => toFloat32(unitOrZeroRows(rows).points);
  const { indices } = await engine.nearestAmong(unit(queries), unit(documents), k, { signal });
  return indices;
}

/** Share of ten true rows of each query that are among the k found ones. */
export function sharedOf(truth: Int32Array, found: Int32Array, k: number): number {
  let both = 0;
  for (let q = 0; q < truth.length / 10; q++) {
    const among = new Set(found.subarray(q * k, (q + 1) * k));
    for (const row of truth.subarray(q * 10, (q + 1) * 10)) if (among.has(row)) both += 1;
  }
  return both / truth.length;
}

/** Bytes as numbers, less a middle. */
export function rawCodes(bytes: Uint8Array, cols: number, middle = 0): Matrix<Float32Array> {
  return matrix(
    Float32Array.from(bytes, (code) => code - middle),
    bytes.length / cols,
    cols,
  );
}

/** 1 where a number is above 0, else 0. */
export function zerosAndOnes({ data, rows, cols }: Matrix): Matrix<Float32Array> {
  return matrix(
    Float32Array.from(data, (x) => (x > 0 ? 1 : 0)),
    rows,
    cols,
  );
}

/** Texts to store, and who judges what is found. */
export const JUDGED_TEXTS: readonly DataSource[] = [
  {
    name: 'Sentence embeddings of 8,000 package descriptions and 500 to ask with, 512 dimensions, judged by shared topics of debtags',
    source:
      'Universal Sentence Encoder of descriptions of Debian 12, study-data/package-descriptions',
    licence: 'free metadata of Debian; encoder Apache-2.0',
  },
  {
    name: 'CLINC150: 8,000 requests to an assistant and 500 to ask with, 192 dimensions, judged by their intents',
    source: 'study-data/clinc150',
    licence: 'CC BY 3.0',
  },
];
