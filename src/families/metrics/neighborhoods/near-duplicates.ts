import type { KnnGraph } from '../../../core/graph.ts';
import { DEGREES, log, pow } from '../../../core/numeric.ts';
import { grouped } from '../../../core/text.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { gammaQuantile } from '../../../numerics/laws/gamma.ts';
import { medianInPlace, sumOf } from '../../../numerics/statistics/averages.ts';
import { rowOfList } from '../../../structures/neighbors/neighbor-lists.ts';
import { pairAngleCdf, pairAngleQuantile } from '../../../structures/uniform/angles.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';

/** Uniform points have a pair as near as this with about this probability. */
const CHANCE = 1e-3;
/** Equal rows of float32 may be this far apart after scaling, in radians. */
const ROUNDING = 1e-6;
const LIST = 50;
/** Rows within the threshold that the rows' own density lets expect, all together. */
const EXPECTED = 0.02;
/** Medians of the gamma laws of 25 and 50: the volumes around a row up to its 25th and its 50th neighbour. */
const [AT_HALF, AT_LIST] = [24.668, 49.667];

/**
 * Groups of near-duplicates: rows that are joined by angles below a threshold.
 *
 *     #{ components G of ({1 … n}, E) : |G| ≥ 2 },   E = { ij : θ_ij ≤ θ* }
 *     θ* = min(angle, F⁻¹(2·10⁻³/(n(n − 1))), θ₀),   n v(θ₀) = 0.02
 *
 * over the n unit rows of R^d: θ* is the largest angle asked for, 1°, or, where that is less, the angle
 * that among n uniform points even the closest pair falls below only once in a thousand draws (F the law
 * of the angle of a pair); or that which rows as dense as these, in as few dimensions, would hardly fall
 * below, the volume v growing from the median 50th neighbour down with the power that it has from the
 * 25th on. It is never below 10⁻⁶. Rows named are all of a group but its first, largest group first: drop
 * them, and one of each group is left. `series` has the sizes, `table` the threshold in degrees and the
 * rows in groups.
 *
 * The interval is Poisson's, for the number of groups. The null is the expected number of pairs of
 * uniform points below the smaller of the first two angles. Where only some lists are known, it counts at
 * least so many, and a warning says so. NaN for one row.
 * `perRow` has the `size` of each row's group, 1 alone.
 *
 * @remarks Use it to clean a file before anything else: copies move `min-angle`, `mean-nearest-angle` and
 * every accuracy by neighbours. 0 is good. Raise `angle` for looser copies only where rows are far apart,
 * as the other two bounds may hold it down. Groups are chains, so their ends can be farther apart than
 * the threshold. Costs O(n² d).
 * @example
 * import { gathered, Random } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { nearDuplicates } from 'tammes/metrics';
 *
 * // Sixty rows, then copies of row 5, turned by a third of a degree, and of row 9, twice.
 * const points = uniformPoints(60, 20, Random.fromSeed(1));
 * const planted = gathered(points, [...Array(60).keys(), 5, 9, 9]);
 * planted.data[60 * 20] += 0.005;
 * const { value, rows, series } = await nearDuplicates(planted);
 * console.log(value, rows?.join(), Array.from(series?.y ?? []).join()); // 2 61,62,60 3,2
 * @function
 */
export const nearDuplicates = /* @__PURE__ */ defineMetric({
  id: 'near-duplicates',
  group: 'neighborhoods',
  range: [0, Infinity],
  title: 'Groups of near-duplicates',
  summary: 'How many groups of rows nearly coincide.',
  references: [
    cite(sources.anglesInRandomPacking, 'the smallest angle of all pairs, for the threshold'),
  ],
  options: {
    angle: number(1, 'Rows farther apart than this many degrees are not duplicates.', {
      min: 0,
      max: 90,
    }),
  },
  listLength: LIST,
  async measure(space, { angle }) {
    const { rows: n, cols: d } = space.points;
    if (n < 2) return NO_PAIR;
    const graph = await space.nearest(Math.min(LIST, n - 1));
    const threshold = Math.max(ROUNDING, Math.min(thresholdOf(n, d, angle), ownScale(graph, n)));
    const chord = 2 * Math.sin(threshold / 2);
    const root = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = 0; i < graph.n; i++) {
      for (let at = i * graph.k; at < (i + 1) * graph.k && graph.distances[at] <= chord; at++) {
        join(root, rowOfList(graph, i), graph.indices[at]);
      }
    }
    const groups = groupsOf(root);
    const count = groups.length;
    const warnings = graph.rows
      ? [
          `looked for among the neighbours of ${grouped(graph.n)} of ${grouped(n)} rows: at least so many.`,
        ]
      : [];
    const sizes = groups.map((rows) => rows.length);
    return {
      value: count,
      low: count > 0 ? gammaQuantile(count, 0.025) : 0,
      high: gammaQuantile(count + 1, 0.975),
      warnings,
      rows: groups.flatMap((rows) => rows.slice(1)),
      series: { x: [...sizes.keys()], y: sizes, xName: 'group', yName: 'rows' },
      perRow: { size: sizesOfRows(groups, n) },
      table: [{ angle: threshold * DEGREES, rows: sumOf(sizes) }],
    };
  },
  underUniform({ n, d }, { angle }) {
    if (n < 2) return undefined;
    const pairs = ((n * (n - 1)) / 2) * pairAngleCdf(thresholdOf(n, d, angle), d);
    const how =
      'exact, the expected number of pairs of uniform points; not of rows as dense as these';
    return { value: pairs, how };
  },
});

/** The largest angle of near-duplicates, in radians. */
function thresholdOf(n: number, d: number, degrees: number): number {
  // Rows of one number are equal or opposite: equal ones are nothing unusual, and still duplicates.
  const rare = d === 1 ? 0 : pairAngleQuantile((2 * CHANCE) / (n * (n - 1)), d);
  return Math.max(ROUNDING, Math.min(degrees / DEGREES, rare));
}

/** The distance within which rows of this density have 0.02 neighbours, all n together; ∞ where unknown. */
function ownScale(graph: KnnGraph, n: number): number {
  if (graph.k < LIST) return Infinity;
  const at = (k: number) =>
    medianInPlace(
      Float64Array.from({ length: graph.n }, (_, i) => graph.distances[i * graph.k + k - 1]),
    );
  const [half, whole] = [at(LIST / 2), at(LIST)];
  const dimension = log(AT_LIST / AT_HALF) / log(whole / half);
  const scale = whole * pow(EXPECTED / (n * AT_LIST), 1 / dimension);
  return Number.isFinite(scale) && half > 0 ? scale : Infinity;
}

function find(root: Int32Array, i: number): number {
  let at = i;
  while (root[at] !== at) {
    root[at] = root[root[at]];
    at = root[at];
  }
  return at;
}

/** The lower row becomes the root. */
function join(root: Int32Array, i: number, j: number): void {
  if (j < 0) return;
  const [a, b] = [find(root, i), find(root, j)];
  root[Math.max(a, b)] = Math.min(a, b);
}

/** Groups of at least two rows, ascending; largest first, then by their first row. */
function groupsOf(root: Int32Array): number[][] {
  const byRoot = new Map<number, number[]>();
  for (let i = 0; i < root.length; i++) {
    const first = find(root, i);
    if (first === i) continue;
    const rows = byRoot.get(first);
    if (rows) rows.push(i);
    else byRoot.set(first, [first, i]);
  }
  return [...byRoot.values()].sort((a, b) => b.length - a.length || a[0] - b[0]);
}

function sizesOfRows(groups: readonly (readonly number[])[], n: number): Float64Array {
  const sizes = new Float64Array(n).fill(1);
  for (const rows of groups) for (const i of rows) sizes[i] = rows.length;
  return sizes;
}
