import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer } from '../../method/options.ts';
import { defineIndex } from './define.ts';
import { sampledCenters } from './support/centers.ts';
import { similarityOption } from './support/common-options.ts';
import {
  AIM,
  type Coverage,
  coveredShare,
  independentRanks,
  listsFor,
  rowsSeen,
} from './support/coverage.ts';
import { hasCodes, LIST_CODES, listCodes } from './support/list-codes.ts';
import { listedColumns, listSelectivity } from './support/list-reader.ts';
import { everyList, nearestLists } from './support/list-search.ts';
import { listedRows, measuredCoverage } from './support/lists.ts';
import { asCompared } from './support/similarity.ts';

/** A list that is read from a file takes as long as so many documents that are scored: some 50 µs beside 0.1 µs. */
const READ = 500;

/**
 * Inverted lists: documents lie by the nearest of L centers, list after list, and a query reads the lists of the centers
 * that are nearest to it. The columns of the documents lie in the same order, so that a filter is answered list by list
 * before any vector of it is read.
 *
 *     list(x) = argmin_l ‖x − c_l‖²,   lists of q by ‖q − c_l‖  (dot: by ⟨q, c_l⟩)
 *
 * with X n × d and L centers from k-means; building is O(nLd), a query O((L + s)d) where s documents of the probed lists
 * pass. Only the centers stay in memory: from a file a query reads the columns of the probed lists that its filter asks,
 * then the vectors that pass, and says how many bytes that were.
 *
 * At the build it is measured on documents as queries how often the r-th nearest lies in the T nearest lists. Without an
 * effort a query probes as many lists as hold 97 % of rows of the ranks it wants (95 %, and what a table of 100 queries may
 * be off): 1 to k without a filter. With one their ranks are estimated as the query goes on, from the share that passed so
 * far and from a sample of √n rows that are nearer than what was found, and it goes on while its last lists still bring
 * rows: a filter that lets pass what is near is met by fewer lists, one that lets pass what is far by more. The share that
 * the table gives for the ranks found is the expected recall of the answer.
 *
 * With a `codec` a query reads and compares codes in the lists: as int8 a fourth of the bytes. The vectors stay in the
 * file: the best `rescore`·k documents are compared again with them, and a query that asks for all lists, or exactly,
 * reads them alone. What codes lose is measured on documents at the build (`keptByCodes`) and counts in the expected recall.
 *
 * @remarks Use it for files larger than memory, and wherever filters decide. In memory and without a filter `graph` scores
 * fewer documents. With an effort a query probes that many lists, and more only while fewer than k documents pass.
 * @example
 * import { matrix } from 'tammes';
 * import { ivf } from 'tammes/search';
 *
 * const points = matrix(new Float32Array([1, 0, 0, 1, 1, 0.1]), 3, 2);
 * const columns = { year: Float64Array.of(2019, 2020, 2021) };
 * const { index } = await ivf({ points, columns }, { lists: 2 });
 * const where = { kind: 'compare', column: 'year', operator: '>=', value: 2020 } as const;
 * const { rows } = await ivf.search(index, { points: [[1, 0]] }, { k: 2, where });
 * console.log([...rows].join(' ')); // 2 1
 * @function
 */
export const ivf = /* @__PURE__ */ defineIndex({
  id: 'ivf',
  title: 'Inverted lists',
  summary: 'Lists by nearest center, with the columns inside: reads from disk only what passes.',
  references: [
    cite(papers.billionScaleHybridFilteredSearch, 'section 3: hybrid vectors in IVF-Flat lists'),
  ],
  deviations: [
    'Attributes stand a column at a time beside the vectors instead of a row of integers after each.',
    'How many lists are probed follows from the recall measured at the build and from how much passes, where the paper fixes it.',
  ],
  takes: 'points',
  options: {
    similarity: similarityOption,
    lists: integer(0, 'Lists; 0: 2√n.', { min: 0, symbol: 'K' }),
    codec: choice(
      LIST_CODES,
      'none',
      'What a query reads in the lists: vectors, or codes of them.',
    ),
    rescore: integer(
      4,
      'Of codes: times k documents that are compared again with their vectors, which gives the scores.',
      { min: 1, max: 100 },
    ),
  },
  effort: {
    unit: 'lists probed',
    usual: ({ settings }, k) =>
      listsFor(settings['coverage'] as Coverage, independentRanks(k, 1), AIM),
    most: ({ settings }) => settings['lists'] as number,
  },
  async build(corpus, { similarity, lists, codec, rescore, seed }, context) {
    const points = asCompared(corpus.points as Matrix<Float32Array>, similarity);
    const { rows: n, cols: d } = points;
    const wanted = Math.min(n, lists || Math.ceil(2 * Math.sqrt(n)));
    const centers = await sampledCenters(points, wanted, context);
    const { rows, offsets, listOf } = await listedRows(points, centers, context);
    const listed = new Float32Array(n * d);
    for (const [at, row] of rows.entries())
      listed.set(points.data.subarray(row * d, (row + 1) * d), at * d);
    const wants = { codec, rescore, similarity, seed };
    const coded =
      codec === 'none' ? undefined : await listCodes(matrix(listed, n, d), wants, context);
    const made = { points, centers, listOf, similarity };
    const coverage = await measuredCoverage(made, context);
    const sample = gathered(
      points,
      context.random.fork('ranks').sample(n, Math.ceil(Math.sqrt(n))),
    );
    const sizes = offsets.subarray(1).map((end, l) => end - offsets[l]);
    return {
      settings: {
        similarity,
        lists: centers.rows,
        sample: sample.rows,
        coverage,
        ...coded?.settings,
      },
      arrays: {
        centers: { shape: [centers.rows, d], data: centers.data },
        offsets: { shape: [offsets.length], data: offsets },
        rows: { shape: [n], data: rows },
        points: { shape: [n, d], data: listed },
        sample: { shape: [sample.rows, d], data: sample.data },
        ...listedColumns(corpus.columns ?? {}, rows),
        ...coded?.arrays,
      },
      facts: {
        lists: centers.rows,
        largestList: Math.max(...sizes),
        ...(coded && { keptByCodes: coded.kept }),
      },
      warnings:
        lists > 0 && centers.rows < lists
          ? [`Only ${centers.rows} of ${lists} lists were made: no more rows of the sample differ.`]
          : [],
    };
  },
  search: nearestLists,
  exactly: everyList,
  selectivity: ({ arrays, n }, where) => listSelectivity(arrays, n, where),
  forecast({ settings, arrays }, { k, share, effort }) {
    const coverage = settings['coverage'] as Coverage;
    const lists = settings['lists'] as number;
    const ranks = independentRanks(k, share);
    const probed = share > 0 ? (effort ?? listsFor(coverage, ranks, AIM)) : lists;
    const filtered = rowsSeen(coverage, probed);
    const isExact = effort !== undefined && effort >= lists;
    const kept = hasCodes({ settings }) && share > 0 && !isExact ? (settings['kept'] as number) : 1;
    const recall = kept * (probed >= lists ? 1 : coveredShare(coverage, ranks, probed));
    // What is in memory reads nothing.
    const reading = arrays.bytesRead > 0 ? READ * probed : 0;
    const overhead = lists + (share < 1 ? (settings['sample'] as number) : 0) + reading;
    return { scanned: share * filtered, filtered, overhead, recall };
  },
});
