import type { KnnGraph } from '../../core/graph.ts';
import type { Random } from '../../core/random.ts';
import { integer } from '../../method/options.ts';
import { defineMetric } from '../contract.ts';
import { type Classes, classesOf, ONE_CLASS, wilsonInterval } from '../shared/classes.ts';
import { meanEstimate, Z95 } from '../shared/intervals.ts';
import { rowOfList } from '../shared/neighbor-lists.ts';
import { shuffledNull } from '../shared/shuffled-null.ts';

const SHUFFLES = 20;
const LISTED = 100;
const GROUPS = 10;
/** Student's 97.5 % point with 9 degrees of freedom over the normal one. */
const STUDENT = 2.2621571627409915 / Z95;

/**
 * Leave-one-out accuracy of the k nearest neighbours: the share of rows whose class is the most frequent
 * one among their k nearest other rows. Among equally frequent classes the one that is met first wins.
 *
 * Rows that their neighbours contradict are listed, those with the fewest neighbours of their own class
 * first: labels to check.
 *
 * @function
 */
export const knnAccuracy = /* @__PURE__ */ defineMetric({
  id: 'knn-accuracy',
  group: 'labels',
  needs: 'classes',
  title: 'Nearest-neighbour accuracy',
  summary: 'The share of rows whose class is that of most of their nearest neighbours.',
  references: [
    {
      authors: 'Cover, Hart',
      title: 'Nearest neighbor pattern classification',
      year: 1967,
      source: 'doi:10.1109/TIT.1967.1053964',
      part: 'the k-nearest-neighbour rule',
    },
  ],
  options: {
    k: integer(10, 'Neighbours that vote.', { min: 1, max: 1000, symbol: 'k' }),
  },
  async measure(space, { k }) {
    const classes = classesOf(space);
    if (!classes) return ONE_CLASS;
    const n = space.points.rows;
    const graph = await space.nearest(Math.min(k, n - 1));
    const { right, own } = votes(graph, classes);
    const value = right.reduce((sum, r) => sum + r, 0) / graph.n;
    const lists = [...right.keys()].filter((i) => right[i] === 0);
    lists.sort((a, b) => own[a] - own[b] || a - b);
    const single = classes.counts.filter((count) => count === 1).length;
    const warnings =
      single > 0 ? [`${single} classes have one row, which no neighbour can get right.`] : [];
    const expected = await shuffledNull(
      space,
      classes,
      SHUFFLES,
      value,
      (shuffled) => {
        const hits = votes(graph, shuffled).right;
        return hits.reduce((sum, r) => sum + r, 0) / graph.n;
      },
      { range: [0, 1] },
    );
    return {
      value,
      ...wilsonInterval(value, independentRows(graph, right, classes, space.random('knn groups'))),
      warnings,
      rows: lists.slice(0, LISTED).map((i) => rowOfList(graph, i)),
      null: expected,
    };
  },
});

/** For each list, whether the vote is right (1 or 0) and how many neighbours have the row's class. */
function votes(graph: KnnGraph, { of, counts }: Classes) {
  const { indices, n: lists, k } = graph;
  const right = new Uint8Array(lists);
  const own = new Int32Array(lists);
  const tally = new Int32Array(counts.length);
  for (let i = 0; i < lists; i++) {
    const neighbors = indices.subarray(i * k, (i + 1) * k);
    const truth = of[rowOfList(graph, i)];
    right[i] = winnerOf(neighbors, of, tally) === truth ? 1 : 0;
    for (const j of neighbors) if (j >= 0 && of[j] === truth) own[i] += 1;
  }
  return { right, own };
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

/**
 * As how many independent rows the votes count: rows share neighbours, so that one row moves the votes of
 * many. p(1 − p) over the variance of the jackknife over ten groups of rows, left out as voters too; it is
 * never more than the rows there are. Votes jump, so the jackknife errs on the wide side, up to twofold.
 */
function independentRows(
  { indices, k, n: lists, rows }: KnnGraph,
  right: Uint8Array,
  { of, counts }: Classes,
  random: Random,
): number {
  const share = right.reduce((sum, r) => sum + r, 0) / lists;
  if (lists < 10 * GROUPS || share === 0 || share === 1) return lists;
  const order = random.sample(of.length);
  const group = new Int32Array(of.length);
  for (let at = 0; at < order.length; at++) group[order[at]] = at % GROUPS;
  const tally = new Int32Array(counts.length);
  const kept = new Int32Array(k);
  const shares: number[] = [];
  for (let g = 0; g < GROUPS; g++) {
    let [hits, left] = [0, 0];
    for (let i = 0; i < lists; i++) {
      const row = rows ? rows[i] : i;
      if (group[row] === g) continue;
      kept.fill(-1);
      for (let r = 0; r < k; r++) {
        const j = indices[i * k + r];
        if (j >= 0 && group[j] !== g) kept[r] = j;
      }
      if (winnerOf(kept, of, tally) === of[row]) hits += 1;
      left += 1;
    }
    shares.push(hits / left);
  }
  const { standardError } = meanEstimate(shares);
  const error = standardError * (GROUPS - 1) * STUDENT;
  return Math.min(lists, (share * (1 - share)) / (error * error));
}
