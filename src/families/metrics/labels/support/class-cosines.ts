import type { Matrix } from '../../../../core/matrix.ts';
import { meanEstimate, normalInterval } from '../../../../numerics/statistics/intervals.ts';
import { type Classes, classMeans } from './classes.ts';

/** Mean cosines of all pairs, of those within and of those between classes, from sums alone. */
export function classCosines(points: Matrix, classes: Classes) {
  const { data, rows: n, cols: d } = points;
  const { of, counts } = classes;
  const means = classMeans(points, classes).data;
  const total = new Float64Array(d);
  for (let e = 0; e < means.length; e++) total[e % d] += means[e] * counts[Math.floor(e / d)];
  let [pairs, same] = [0, 0];
  for (const count of counts) pairs += count * (count - 1);
  const own = new Float64Array(n);
  const others = new Float64Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let [mine, all] = [-1, -1];
    for (let e = 0; e < d; e++) {
      mine += data[i * d + e] * means[of[i] * d + e] * counts[of[i]];
      all += data[i * d + e] * total[e];
    }
    [own[i], others[i]] = [mine, all - mine];
    same += mine;
    sum += all;
  }
  const between = n * (n - 1) - pairs;
  const within = same / pairs;
  const apart = (sum - same) / between;
  // Influence of row i on a ratio Σ own / Σ pairs of class sizes: both ends of a pair count.
  const influence = (i: number) => (2 * n * (own[i] - within * (counts[of[i]] - 1))) / pairs;
  const influenceApart = (i: number) =>
    (2 * n * (others[i] - apart * (n - counts[of[i]]))) / between;
  const error = (f: (i: number) => number) =>
    meanEstimate(Float64Array.from({ length: n }, (_, i) => f(i))).standardError;
  return {
    all: sum / (n * (n - 1)),
    within: normalInterval({ value: within, standardError: error(influence) }),
    separation: normalInterval({
      value: within - apart,
      standardError: error((i) => influence(i) - influenceApart(i)),
    }),
  };
}
