import type { KnnGraph } from '../../core/graph.ts';
import { integer } from '../../method/options.ts';
import { defineMetric } from '../contract.ts';
import {
  type Classes,
  classesOf,
  ONE_CLASS,
  shuffledNull,
  wilsonInterval,
} from '../shared/classes.ts';
import { rowOfList } from '../shared/neighbor-lists.ts';

const SHUFFLES = 20;
const LISTED = 100;

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
    const expected = await shuffledNull(space, classes, SHUFFLES, (shuffled) => {
      const hits = votes(graph, shuffled).right;
      return hits.reduce((sum, r) => sum + r, 0) / graph.n;
    });
    return {
      value,
      ...wilsonInterval(value, graph.n),
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
    let most = 0;
    for (const j of neighbors) {
      if (j < 0) continue;
      tally[of[j]] += 1;
      most = Math.max(most, tally[of[j]]);
    }
    const winner = neighbors.find((j) => j >= 0 && tally[of[j]] === most) ?? -1;
    own[i] = tally[truth];
    if (winner >= 0 && of[winner] === truth) right[i] = 1;
    for (const j of neighbors) if (j >= 0) tally[of[j]] = 0;
  }
  return { right, own };
}
