import { type Matrix, matrix, zeros } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer, number } from '../../method/options.ts';
import { defineIndex } from './define.ts';
import { type Similarity, similarityOption } from './support/common-options.ts';
import { copiesOf, withoutCopies } from './support/copies.ts';
import { curveQueries } from './support/effort-curve.ts';
import { searchLinks } from './support/graph-search.ts';
import { allEntries, linkedRows } from './support/linked-rows.ts';
import { scan } from './support/scan.ts';
import { asCompared, squaredLength } from './support/similarity.ts';

/**
 * A graph of near rows, followed from a few entries to the query. Each row x leads to near rows that are diverse: of the
 * nearest that were found when it was placed, nearest first, c is kept unless a kept p is nearer to it,
 *
 *     α ‖p − c‖ ≤ ‖x − c‖
 *
 * and to rows that keep it, at most `degree` in all. A query opens the nearest row it has met, and scores those that it
 * leads to, until the `effort` nearest are open; more effort, more of the true answer.
 *
 * X is n × d; a query scores a few hundred rows where n is 100,000. Built in batches that double until each is 2 % of
 * the rows; the same bytes on every engine and for any number of threads. Inner products are searched in the graph of
 * the rows with √(M² − ‖x‖²) as one more number, M the length of the longest. Of equal rows the first is in the graph.
 *
 * @remarks Use it from some 20,000 rows on, where an answer may miss a few: it was measured when the index was built how
 * many for which effort. Where a filter leaves few documents they are all scored, and the answer is exact. `exact` never misses.
 * @example
 * import { matrix } from 'tammes';
 * import { graph } from 'tammes/search';
 *
 * const { index } = await graph({ points: matrix(new Float32Array([1, 0, 0, 1, 1, 1]), 3, 2) });
 * const { rows } = await graph.search(index, { points: [[2, 1]] }, { k: 2 });
 * console.log([...rows].join(' ')); // 2 0
 * @function
 */
export const graph = /* @__PURE__ */ defineIndex({
  id: 'graph',
  title: 'Graph search',
  summary: 'Near rows linked in a graph: a small part is scored, and most is found.',
  references: [
    cite(sources.diskAnn, 'algorithms 1 to 3: greedy search, robust pruning'),
    cite(sources.deterministicParallelGraphSearch, 'batch insertion by prefix doubling'),
    cite(papers.benchmarkingFilteredAnnTransformerEmbeddings, 'filters inside a graph'),
  ],
  takes: 'points',
  options: {
    similarity: similarityOption,
    degree: integer(32, 'Rows that a row leads to, at most.', { min: 2, max: 512 }),
    beam: integer(64, 'Nearest rows that are kept while the place of a row is looked for.', {
      min: 2,
    }),
    alpha: number(1, 'How much nearer a kept row must be to exclude another; more keeps more.', {
      min: 1,
      max: 4,
      symbol: 'α',
    }),
  },
  effort: {
    unit: 'nearest rows kept on the way',
    usual: (_, k) => Math.max(64, 2 * k),
    most: ({ n }) => n,
  },
  async build({ points }, { similarity, degree, beam, alpha }, { engine, random, run, work }) {
    const compared = asCompared(points as Matrix<Float32Array>, similarity);
    const { data, rows, cols } = compared;
    const { firsts, next } = copiesOf(compared);
    const order = random
      .fork('order')
      .sample(firsts.length)
      .map((place) => firsts[place]);
    const placed = order.length - curveQueries(order.length);
    const { neighbors, before } = await linkedRows(euclidean(compared, similarity), order, placed, {
      engine,
      run,
      work,
      degree,
      beam,
      alpha,
    });
    const arraysOf = (links: Int32Array, own: Int32Array) => {
      const entries = allEntries(own, links, degree);
      return {
        points: { shape: [rows, cols], data },
        neighbors: { shape: [rows, degree], data: links },
        entries: { shape: [entries.length], data: entries },
        ...(next ? { copies: { shape: [rows], data: next } } : {}),
      };
    };
    const arrays = arraysOf(neighbors, order);
    const last = order.slice(placed);
    return {
      settings: { similarity, degree },
      arrays,
      ...(before && {
        before: {
          arrays: arraysOf(before, order.slice(0, placed)),
          rows: last,
          allowed: withoutCopies(last, next, rows),
        },
      }),
      facts: {
        links: rows === 0 ? 0 : neighbors.filter((row) => row >= 0).length / rows,
        entries: arrays.entries.data.length,
        copies: rows - firsts.length,
      },
    };
  },
  search: searchLinks,
  exactly: scan,
});

/** Rows whose Euclidean distances order them as the similarity does, from a query with 0 as its last number. */
function euclidean(compared: Matrix<Float32Array>, similarity: Similarity): Matrix<Float32Array> {
  if (similarity !== 'dot') return compared;
  const { data, rows, cols } = compared;
  const squares = Float64Array.from({ length: rows }, (_, i) =>
    squaredLength(data, i * cols, cols),
  );
  const most = squares.reduce((a, b) => Math.max(a, b), 0);
  const out = zeros(rows, cols + 1);
  for (let i = 0; i < rows; i++) {
    out.data.set(data.subarray(i * cols, (i + 1) * cols), i * (cols + 1));
    out.data[i * (cols + 1) + cols] = Math.sqrt(most - squares[i]);
  }
  return matrix(out.data, rows, cols + 1);
}
