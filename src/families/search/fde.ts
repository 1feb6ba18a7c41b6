import { type Matrix, matrix, rows as rowsOf } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { defineIndex } from './define.ts';
import { comparedSets, packedSets, searchAllSets } from './support/all-sets.ts';
import { bestOf, noneFound } from './support/best.ts';
import { chamferScores, setsBetween, type VectorSets } from './support/chamfer.ts';
import { encoderShape, encodingOptions, requireRoom } from './support/encoding-options.ts';
import {
  drawnEncoder,
  type EncoderShape,
  packedEncoder,
  storedEncoder,
} from './support/fixed-encoder.ts';
import { encodedSets } from './support/fixed-encoding.ts';
import { allowedRows } from './support/similarity.ts';
import type { Found, OpenIndex, SearchContext } from './types.ts';

const ID = 'fde';
/** Products held at once. */
const BLOCK = 2 ** 22;

/**
 * Fixed dimensional encodings (MUVERA): each set of vectors becomes one long row, so that the inner product of a query's
 * row with a document's estimates their Chamfer similarity; the best by that are scored exactly.
 *
 *     F(Q)_{r,b} = Σ_{q ∈ Q: h_r(q) = b} ψ_r(q) / R      F(P)_{r,b} = mean_{p ∈ P: h_r(p) = b} ψ_r(p)
 *     ⟨F(Q), F(P)⟩ ≈ Σ_{q ∈ Q} max_{p ∈ P} ⟨q, p⟩
 *
 * for repetitions r = 1 … R: h_r is the side of `bits` random hyperplanes on which a vector lies (SimHash), one of 2^bits
 * buckets b, and ψ_r a projection that adds each coordinate with a random sign to one of `projectionDim` places. A
 * document fills its empty buckets, a query never does. A count sketch may shorten the row to `finalDim` in the end.
 *
 * A row has R·2^bits·min(d, projectionDim) numbers, 10,240 for the defaults: 40 kB a document beside its vectors. Building
 * takes O(T·R·(bits + 1)·d) for T vectors; a query one product with each row, then `max-sim` among the effort's best.
 *
 * @remarks Use it for late interaction over more documents than `max-sim` can score. More repetitions bring the order of
 * the estimate nearer to the exact one; more bits make it less too low: take about as many buckets as documents have
 * vectors, since means of many blur (in the paper's study 16 buckets for paragraphs of some 75 words find 52 % of the best
 * ten among 100 candidates, 32 buckets 63 %). With an effort of all documents the answer is that of `max-sim`.
 * @example
 * import { matrix } from 'tammes';
 * import { fde } from 'tammes/search';
 *
 * const points = matrix(new Float32Array([1, 0, 0, 1, 0.6, 0.8]), 3, 2);
 * const { index } = await fde({ points, offsets: Int32Array.of(0, 2, 3) });
 * const queries = { points: [[1, 0], [0, 1]], offsets: Int32Array.of(0, 2) };
 * const { rows } = await fde.search(index, queries, { k: 2, effort: 2 });
 * console.log([...rows].join(' ')); // 0 1
 * @function
 */
export const fde = /* @__PURE__ */ defineIndex({
  id: ID,
  title: 'Fixed dimensional encodings',
  summary: 'Sets of vectors as one row each whose product estimates the Chamfer similarity.',
  references: [cite(papers.muveraMultiVectorRetrievalFixedDimensionalEncodings, 'section 2')],
  takes: 'sets',
  effort: {
    unit: 'documents scored exactly',
    usual: usualEffort,
    most: ({ n }) => n,
  },
  options: encodingOptions,
  async build(corpus, given, { engine, random, work }) {
    const sets = comparedSets(corpus, given.similarity);
    const shape = encoderShape(sets.points.cols, given);
    requireRoom(ID, corpus.n, shape);
    const encoder = drawnEncoder(shape, random);
    const side = given.fillEmpty ? 'filled document' : 'document';
    const { data, rows, cols } = await encodedSets(sets, encoder, side, { engine, work });
    return {
      settings: { similarity: given.similarity, shape },
      arrays: {
        ...packedSets(sets),
        ...packedEncoder(encoder),
        encodings: { shape: [rows, cols], data },
      },
      facts: { vectors: sets.points.rows, encodingDims: cols },
    };
  },
  async search(index, given, { k, effort, allowed }, context) {
    const queries = comparedSets(given, index.settings['similarity'] as 'cosine');
    const documents = allowed ? allowedRows(allowed).length : index.n;
    const count = Math.max(k, Math.ceil(effort ?? usualEffort(index, k)));
    if (count >= documents) return searchAllSets(index, given, { k, allowed }, context);
    const found = noneFound(given.n, k, false);
    const near = await nearestByEncoding(index, queries, count, allowed, context);
    for (let q = 0; q < given.n; q++) {
      const candidates = near.rows.subarray(q * count, (q + 1) * count);
      const sets = await setsAt(index, candidates);
      const { data } = await chamferScores(setsBetween(queries, q, q + 1), sets, context);
      const best = bestOf(found, q, k);
      for (let j = 0; j < count; j++) best.offer(candidates[j], data[j]);
      found.scanned[q] = count;
    }
    return found;
  },
  exactly: searchAllSets,
});

function usualEffort({ n }: OpenIndex, k: number): number {
  return Math.min(n, Math.max(100, 10 * k));
}

/** The documents with the largest products of encodings. */
async function nearestByEncoding(
  { settings, arrays }: OpenIndex,
  queries: VectorSets,
  count: number,
  allowed: Uint8Array | undefined,
  context: SearchContext,
): Promise<Found> {
  const encoder = await storedEncoder(settings['shape'] as EncoderShape, arrays);
  const asked = await encodedSets(queries, encoder, 'query', context);
  const [n, dims] = arrays.shapeOf('encodings');
  const all = matrix((await arrays.whole('encodings')) as Float32Array, n, dims);
  const found = noneFound(asked.rows, count, false);
  const size = Math.max(1, Math.floor(BLOCK / asked.rows));
  for (let from = 0; from < n; from += size) {
    const block = rowsOf(all, from, Math.min(n, from + size));
    const products = await productsOf(asked, block, context);
    for (let q = 0; q < asked.rows; q++) {
      const best = bestOf(found, q, count);
      for (let j = 0; j < block.rows; j++) {
        if (allowed && allowed[from + j] === 0) continue;
        const score = products.data[q * block.rows + j];
        if (score >= best.floor) best.offer(from + j, score);
      }
    }
  }
  return found;
}

const productsOf = (a: Matrix, b: Matrix, { engine, work }: SearchContext) =>
  engine.matmul(a, b, true, { signal: work.signal });

/** Some sets of an index; no other is read. */
async function setsAt({ arrays }: OpenIndex, places: ArrayLike<number>): Promise<VectorSets> {
  const all = await arrays.whole('offsets');
  const d = arrays.shapeOf('points')[1];
  const offsets = new Int32Array(places.length + 1);
  for (let i = 0; i < places.length; i++)
    offsets[i + 1] = offsets[i] + all[places[i] + 1] - all[places[i]];
  const data = new Float32Array(offsets[places.length] * d);
  for (let i = 0; i < places.length; i++)
    data.set(await arrays.slice('points', all[places[i]], all[places[i] + 1]), offsets[i] * d);
  return { points: matrix(data, offsets[places.length], d), offsets };
}
