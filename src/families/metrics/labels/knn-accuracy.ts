import type { KnnGraph } from '../../../core/graph.ts';
import { counted } from '../../../core/text.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { sumOf } from '../../../numerics/statistics/averages.ts';
import { wilsonInterval } from '../../../numerics/statistics/intervals.ts';
import type { NullValue } from '../../../numerics/statistics/null-value.ts';
import { rowOfList } from '../../../structures/neighbors/neighbor-lists.ts';
import { defineMetric } from '../define.ts';
import { valuesOfLists } from '../support/per-row.ts';
import { type Classes, classesOf, ONE_CLASS } from './support/classes.ts';
import { dependence } from './support/relabelled.ts';
import { shuffledNull } from './support/shuffled-null.ts';

const SHUFFLES = 20;
const LISTED = 100;
const RELABELLED = 40;

/**
 * Leave-one-out accuracy of the k nearest neighbours.
 *
 *     #{ i : mode{ y_j : j ∈ kNN(i) } = y_i }/n
 *
 * with y the classes and kNN(i) the k nearest of the other rows by cosine: the share of rows whose class
 * is the most frequent one among them. Among equally frequent classes the one that is met first wins.
 * Rows that their neighbours contradict are listed, those with the fewest neighbours of their own class
 * first: labels to check. The interval is Wilson's, widened because rows vote on one another; the null is
 * that of shuffled classes, with a p-value. NaN without classes, with fewer than 2, and where no class
 * has 2 rows.
 * `perRow` has the share of neighbours of each row's `own` class.
 *
 * @remarks Use it as the plainest answer to whether a space knows its classes, whatever their shape: no
 * training, and near what a search will do. Compare it with the null, for frequent classes win by chance;
 * copies of rows make it too good (see `near-duplicates`), hubs worse. `linear-probe-accuracy` says
 * whether classes can be told by one linear map. 0 to 1, larger is better. Costs O(n² d).
 * @example
 * import { Random, zeros } from 'tammes';
 * import { knnAccuracy } from 'tammes/metrics';
 *
 * // Ninety rows about three axes of R⁶; row 31 has a wrong label.
 * const random = Random.fromSeed(1);
 * const points = zeros(90, 6);
 * for (let e = 0; e < points.data.length; e++) {
 *   points.data[e] = 0.05 * random.normal() + (e % 6 === Math.floor(e / 6) % 3 ? 1 : 0);
 * }
 * const classes = Array.from({ length: 90 }, (_, i) => `${i === 31 ? 0 : i % 3}`);
 * const { value, rows, null: shuffled } = await knnAccuracy(points, {}, { classes });
 * console.log(value.toFixed(3), rows?.join(), (shuffled?.value ?? 1) < 0.5); // 0.989 31 true
 * @function
 */
export const knnAccuracy = /* @__PURE__ */ defineMetric({
  id: 'knn-accuracy',
  group: 'labels',
  range: [0, 1],
  needs: 'classes',
  title: 'Nearest-neighbour accuracy',
  summary: 'The share of rows whose class is that of most of their nearest neighbours.',
  references: [cite(sources.nearestNeighborClassification, 'the k-nearest-neighbour rule')],
  options: {
    k: integer(10, 'Neighbours that vote.', { min: 1, max: 1000, symbol: 'k' }),
  },
  async measure(space, { k }) {
    const classes = classesOf(space);
    if (!classes) return ONE_CLASS;
    const n = space.points.rows;
    const graph = await space.nearest(Math.min(k, n - 1));
    const { right, own, winners, most } = votes(graph, classes);
    const value = sumOf(right) / graph.n;
    const guesses = {
      rows: Int32Array.from({ length: graph.n }, (_, i) => rowOfList(graph, i)),
      predicted: winners,
      confidence: most,
    };
    const wider = await dependence(
      space.random('knn classes'),
      classes,
      guesses,
      RELABELLED,
      (drawn) => votes(graph, drawn).right,
    );
    const lists = [...right.keys()].filter((i) => right[i] === 0);
    lists.sort((a, b) => own[a] - own[b] || a - b);
    const single = classes.counts.filter((count) => count === 1).length;
    const warnings =
      single > 0
        ? [
            `${counted(single, 'class has', 'classes have')} one row, which no neighbour can get right.`,
          ]
        : [];
    const expected = await shuffledNull(
      space,
      classes,
      SHUFFLES,
      value,
      (shuffled) => {
        const hits = votes(graph, shuffled).right;
        return sumOf(hits) / graph.n;
      },
      { range: [0, 1] },
    );
    const moved = movedClasses(graph, classes, expected);
    return {
      value,
      ...(moved ? { table: [moved] } : {}),
      ...wilsonInterval(value, graph.n / wider),
      warnings,
      rows: lists.slice(0, LISTED).map((i) => rowOfList(graph, i)),
      perRow: { own: valuesOfLists(graph, n, (i) => own[i] / graph.k) },
      null: expected,
    };
  },
});

/** By how many rows classes are moved to look for rows that were lost or added. */
const MOVES = [-2, -1, 1, 2];
/** Half-widths of the null that a moved order must be above its mean by: four standard errors. */
const CLEAR = 2;

/**
 * Where neighbours do not share classes: by how many rows the classes must be moved for them to do so, if they then do.
 * Lists are of these rows in this order, whatever their neighbours.
 */
function movedClasses(graph: KnnGraph, classes: Classes, { value, high = value }: NullValue) {
  const accuracyOf = (of: Int32Array) => sumOf(votes(graph, { ...classes, of }).right) / graph.n;
  if (accuracyOf(classes.of) > high) return undefined;
  const n = classes.of.length;
  const found = MOVES.map((by) => ({
    'classes moved by': by,
    accuracy: accuracyOf(classes.of.map((_, i) => classes.of[(((i - by) % n) + n) % n])),
  }));
  const best = found.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
  return best.accuracy > value + CLEAR * (high - value) ? best : undefined;
}

/** For each list, the winning class, its votes, whether it is right (1 or 0), and the votes for the row's class. */
function votes(graph: KnnGraph, { of, counts }: Classes) {
  const { indices, n: lists, k } = graph;
  const right = new Uint8Array(lists);
  const own = new Int32Array(lists);
  const winners = new Int32Array(lists);
  const most = new Int32Array(lists);
  const tally = new Int32Array(counts.length);
  for (let i = 0; i < lists; i++) {
    const neighbors = indices.subarray(i * k, (i + 1) * k);
    const truth = of[rowOfList(graph, i)];
    winners[i] = winnerOf(neighbors, of, tally);
    right[i] = winners[i] === truth ? 1 : 0;
    for (const j of neighbors) {
      if (j < 0) continue;
      if (of[j] === truth) own[i] += 1;
      if (of[j] === winners[i]) most[i] += 1;
    }
  }
  return { right, own, winners, most };
}

/** The most frequent class among the neighbours, the first met among equals; −1 without any. */
function winnerOf(neighbors: Int32Array, of: Int32Array, tally: Int32Array): number {
  let most = 0;
  for (const j of neighbors) {
    if (j < 0) continue;
    tally[of[j]] += 1;
    most = Math.max(most, tally[of[j]]);
  }
  const winner = neighbors.find((j) => j >= 0 && tally[of[j]] === most) ?? -1;
  for (const j of neighbors) if (j >= 0) tally[of[j]] = 0;
  return winner < 0 ? -1 : of[winner];
}
