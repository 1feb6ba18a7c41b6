import type { SparseMatrix } from '../../core/sparse.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice } from '../../method/options.ts';
import { sparseCost } from '../../numerics/statistics/sparse-cost.ts';
import { defineIndex } from './define.ts';
import { type Best, bestOf, noneFound } from './support/best.ts';
import { listsOf, requireSparseRows, squaredLengths } from './support/sparse-lists.ts';
import type { OpenIndex } from './types.ts';

const ID = 'sparse';

/**
 * Rows of few numbers that are not 0, by an inverted file: for each column the rows that have it.
 *
 *     score(q, x) = Σ_{j: q_j ≠ 0} q_j x_j  (dot),   the same over ‖q‖‖x‖  (cosine)
 *
 * with X n × d sparse. Exact: the lists of the columns of a query are added up. A list of n·p_j rows makes
 * n·Σ_j p_j² multiplications for a query like the rows, which the fact `operations` says and `search` counts; only these lists
 * are read of a file. Rows that share no column with the query have the score 0 and come after those above 0, by number.
 * Values are kept as they are, in float32 where that loses nothing.
 *
 * @remarks Use it for the codes of `csr` and `flops`, for learned sparse vectors of words, and for counts. It pays while rows
 * share few columns, which the fact `operations` says beside the n·d multiplications of `exact`. For texts take `bm25`.
 * @example
 * import { sparse, sparseMatrix } from 'tammes/search';
 *
 * const rows = sparseMatrix(3, 4, [{ row: 0, column: 1 }, { row: 1, column: 2 }, { row: 2, column: 1, value: 2 }]);
 * const { index } = await sparse({ sparse: rows }, { similarity: 'dot' });
 * const query = sparseMatrix(1, 4, [{ row: 0, column: 1, value: 3 }]);
 * const { rows: found, scores } = await sparse.search(index, { sparse: query }, { k: 2 });
 * console.log([...found].join(' '), [...scores].join(' ')); // 2 0 6 3
 * @function
 */
export const sparse = /* @__PURE__ */ defineIndex({
  id: ID,
  title: 'Inverted file of sparse rows',
  summary:
    'Rows of few numbers by the columns they share with the query: exact, and few multiplications.',
  references: [
    cite(papers.minimizingFlopsSparse, 'section 3: an inverted index of the columns'),
    cite(papers.csrBeyondMatryoshka, 'section 3: sparse products at search'),
  ],
  takes: 'sparse',
  options: {
    similarity: choice(
      ['cosine', 'dot'],
      'cosine',
      'What near means: the cosine or the inner product.',
    ),
  },
  build({ sparse: given, n }, { similarity }) {
    const rows = given as SparseMatrix;
    requireSparseRows(ID, rows);
    const { arrays, counts } = listsOf(rows);
    const norms = squaredLengths(rows).map(Math.sqrt);
    const cost = sparseCost(counts, Math.max(1, n));
    const empty = norms.filter((norm) => norm === 0).length;
    return {
      settings: { similarity },
      arrays: {
        ...arrays,
        ...(similarity === 'cosine' ? { norms: { shape: [n], data: norms } } : {}),
      },
      facts: { ...cost, operations: n * cost.flops },
      warnings: empty > 0 ? [`${empty} of ${n} rows have no number that is not 0.`] : [],
    };
  },
  async search(index, { sparse: given }, { k, allowed }) {
    const queries = given as SparseMatrix;
    requireSparseRows(ID, queries);
    const found = noneFound(queries.rows, k, true);
    const operations = new Float64Array(queries.rows);
    const score = await scorer(index);
    const lengths = squaredLengths(queries).map(Math.sqrt);
    for (let q = 0; q < queries.rows; q++) {
      const best = bestOf(found, q, k);
      const asked = await score(queries, q, lengths[q], allowed);
      for (const i of asked.touched) best.offer(i, asked.scores[i]);
      offerOthers(best, index.n, asked.isTouched, allowed);
      found.scanned[q] = asked.touched.length;
      operations[q] = asked.operations;
    }
    return { ...found, operations };
  },
});

/** Rows that share nothing with the query, whose score is 0, while they are among the best. */
function offerOthers(
  best: Best,
  n: number,
  isTouched: (row: number) => boolean,
  allowed: Uint8Array | undefined,
): void {
  for (let i = 0; i < n && best.floor <= 0; i++) {
    if (!isTouched(i) && allowed?.[i] !== 0) best.offer(i, 0);
  }
}

interface Scored {
  /** n scores; those of `touched` are of this query. */
  readonly scores: Float64Array;
  /** Rows that share a column with the query. */
  readonly touched: readonly number[];
  readonly isTouched: (row: number) => boolean;
  readonly operations: number;
}

/** What scores one query after the other in the same memory. */
async function scorer({ settings, arrays, n }: OpenIndex) {
  const isCosine = settings['similarity'] === 'cosine';
  const lists = await arrays.whole('lists');
  const norms = isCosine ? await arrays.whole('norms') : undefined;
  const scores = new Float64Array(n);
  const queryOf = new Int32Array(n).fill(-1);
  return async (
    { offsets, columns, values }: SparseMatrix,
    q: number,
    length: number,
    allowed: Uint8Array | undefined,
  ): Promise<Scored> => {
    const touched: number[] = [];
    let operations = 0;
    for (let e = offsets[q]; e < offsets[q + 1]; e++) {
      if (values[e] === 0) continue;
      const [from, to] = [lists[columns[e]], lists[columns[e] + 1]];
      if (from === to) continue;
      const rows = await arrays.slice('rows', from, to);
      const own = await arrays.slice('values', from, to);
      for (let at = 0; at < rows.length; at++) {
        const i = rows[at];
        if (allowed && allowed[i] === 0) continue;
        if (queryOf[i] !== q) {
          queryOf[i] = q;
          scores[i] = 0;
          touched.push(i);
        }
        scores[i] += values[e] * own[at];
        operations++;
      }
    }
    if (norms) for (const i of touched) scores[i] /= length * norms[i];
    return { scores, touched, isTouched: (i) => queryOf[i] === q, operations };
  };
}
