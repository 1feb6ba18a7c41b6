import { gathered, type Matrix, row as rowOf } from '../../core/matrix.ts';
import type { Column } from '../../io/table.ts';
import { filterColumns, filterMask } from '../../structures/filters/filter.ts';
import type { ColumnKind, Predicate } from '../../structures/filters/types.ts';
import { peerOf } from '../support/load-peer.ts';
import { defineSearchAdapter } from './define.ts';
import { type KeptRows, readKept, writeKept } from './support/usearch-files.ts';
import {
  emptyIndex,
  ID,
  type Matches,
  METRICS,
  refuse,
  type Usearch,
  type UsearchIndex,
} from './support/usearch-package.ts';
import type { Backend, Nearest, SettledAt, Similarity } from './types.ts';

/** Up to this share of all rows, those that pass a condition are all compared: a graph would be walked for longer. */
const FEW = 0.1;
/** How many more rows than would do on average are asked for at first, and each time that was not enough. */
const MORE = 4;

/**
 * usearch: a graph (HNSW) in a file of its own format, beside which `FILE.rows` holds the vectors, labels and columns, since
 * the package for Node gives no vector back and knows no conditions. With a condition, few rows that pass are all compared;
 * else the graph is asked for more rows, and those that do not pass are left out.
 *
 * Scores are those of usearch, in float32.
 *
 * @throws InputError where the files are none, or not of one another
 */
export const usearch = /* @__PURE__ */ defineSearchAdapter({
  id: ID,
  title: 'usearch',
  peers: ['usearch'],
  indexes: ['graph'],
  places: 'a file, papers.usearch',
  effort: { graph: 'expansion_search' },
  async build(rows, at, { similarity }) {
    const usearch = await packageOf(at);
    const { rows: n, cols: d } = rows.points;
    // The package reads whole buffers, of which what is given may be a part.
    const points = { ...rows.points, data: rows.points.data.slice() };
    const kept: KeptRows = { ...rows, points, similarity };
    const index = emptyIndex(usearch, d, similarity);
    // Threads would link rows in the order in which they get their turn.
    index.add(
      BigUint64Array.from({ length: n }, (_, i) => BigInt(i)),
      points.data,
      1,
    );
    await writeKept(at.place, kept, (path) => index.save(path));
    return opened(usearch, at, kept);
  },
  async open(at) {
    const usearch = await packageOf(at);
    return opened(usearch, at, await readKept(at.place));
  },
});

function packageOf({ load }: SettledAt): Promise<Usearch> {
  return peerOf<Usearch>(ID, load, 'usearch');
}

function opened(usearch: Usearch, { place }: SettledAt, kept: KeptRows): Backend {
  const { points, columns, similarity } = kept;
  const asked = filterColumns(columns);
  const maskOf = (where: Predicate) => filterMask(where, asked, points.rows);
  const graphs = graphsOf((effort) => {
    const index = emptyIndex(usearch, points.cols, similarity, effort);
    index.load(place);
    return index;
  });
  return {
    name: place,
    n: points.rows,
    d: points.cols,
    similarity,
    index: 'graph',
    kinds: Object.fromEntries(Object.entries(columns).map(([name, own]) => [name, kindOf(own)])),
    async count(where) {
      return rowsIn(maskOf(where)).length;
    },
    async nearest(queries, { where, effort, ...wanted }) {
      try {
        const passing = where && rowsIn(maskOf(where));
        if (wanted.exactly || (passing && passing.length <= FEW * points.rows))
          return compared(usearch, kept, queries, wanted.k, passing);
        return walked(graphs(effort), kept, queries, wanted.k, passing);
      } catch (cause) {
        return refuse(cause);
      }
    },
    async close() {},
  };
}

/** The graph for an effort, which is fixed when a graph is loaded: the one that was asked last is kept. */
function graphsOf(load: (effort: number) => UsearchIndex) {
  let last: { readonly effort: number; readonly index: UsearchIndex } | undefined;
  return (effort = 0) => {
    if (last?.effort !== effort) last = { effort, index: load(effort) };
    return last.index;
  };
}

const kindOf = (column: Column): ColumnKind => (column instanceof Float64Array ? 'numbers' : []);

function rowsIn(mask: Uint8Array): Int32Array {
  return Int32Array.from(mask.keys()).filter((row) => mask[row] === 1);
}

/** Compares all rows, or those that pass, with the queries. */
function compared(
  usearch: Usearch,
  { points, labels, similarity }: KeptRows,
  queries: Matrix<Float32Array>,
  k: number,
  passing: Int32Array | undefined,
): Nearest[] {
  const some = passing ? gathered(points, passing) : points;
  const { metric } = METRICS[similarity];
  return eachOf(queries, (query) => {
    const found = usearch.exactSearch(some.data, query, points.cols, k, metric, 0);
    return answerOf(found, similarity, labels, true, passing);
  });
}

/** Asks the graph for as many rows as should do, and for more until k of them pass. */
function walked(
  index: UsearchIndex,
  { points, labels, similarity }: KeptRows,
  queries: Matrix<Float32Array>,
  k: number,
  passing: Int32Array | undefined,
): Nearest[] {
  const allowed = passing && new Set(passing);
  const n = points.rows;
  const first = allowed ? Math.ceil((MORE * k * n) / allowed.size) : k;
  return eachOf(queries, (query) => {
    for (let count = Math.min(n, first); ; count = Math.min(n, MORE * count)) {
      const found = index.search(query, count, 0);
      const places = [...found.keys.keys()].filter(
        (at) => allowed?.has(Number(found.keys[at])) ?? true,
      );
      if (places.length < k && count < n) continue;
      const best = places.slice(0, k);
      const keys = BigUint64Array.from(best, (at) => found.keys[at]);
      const distances = Float32Array.from(best, (at) => found.distances[at]);
      return answerOf({ keys, distances }, similarity, labels, false);
    }
  });
}

/** In memory of their own: the package reads whole buffers. */
function eachOf<T>(queries: Matrix<Float32Array>, ask: (query: Float32Array) => T): T[] {
  return Array.from({ length: queries.rows }, (_, q) => ask(rowOf(queries, q).slice()));
}

/** Best first; equal scores by lower row. */
function answerOf(
  { keys, distances }: Matches,
  similarity: Similarity,
  labels: readonly string[] | undefined,
  exact: boolean,
  places?: Int32Array,
): Nearest {
  const { score } = METRICS[similarity];
  const found = Array.from(keys, (key, at) => ({
    row: places ? places[Number(key)] : Number(key),
    score: score(distances[at]),
  })).sort((a, b) => b.score - a.score || a.row - b.row);
  const rows = found.map((own) => own.row);
  return {
    rows,
    scores: found.map((own) => own.score),
    labels: labels && rows.map((row) => labels[row]),
    exact,
  };
}
