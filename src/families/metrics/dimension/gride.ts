import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { digamma } from '../../../numerics/laws/special.ts';
import { defineMetric } from '../define.ts';
import {
  areEquidistant,
  dimensionNull,
  EQUIDISTANT,
  readDimension,
  rowsOption,
  spaceOf,
  TOO_FEW,
} from './support/dimension-estimates.ts';
import { type DistinctLists, distinctLists, withSpread } from './support/distinct-lists.ts';
import { dimensionScale, expectedLogChords, remembered } from './support/sphere-neighbors.ts';

/** Distances to neighbours s and 2s are compared for s = 1, 2, 4, … up to this. */
const LARGEST_SCALE = 32;
/** A change of the dimension over the scales by more than this factor is said. */
const STEADY = 1.5;

/**
 * Intrinsic dimension over scales (GRIDE): from distances to neighbours s and 2s of each row.
 *
 *     m̂_s = (ψ(2s) − ψ(s))/(1/n Σᵢ ln(r_{i,2s}/r_{i,s}))
 *
 * with r_{i,s} the chord from row i to its s-th neighbour and ψ the digamma function: ln(r₂ₛ/rₛ) has the
 * mean (ψ(2s) − ψ(s))/m where the density hardly changes within 2s neighbours. Small scales see noise,
 * large ones curvature; the value is that of the scale asked for, `series` has those of s = 1, 2,
 * 4, … too, up to 32 and while 8s < n. Where they differ by more than half, a warning says so.
 *
 * Read backwards on uniform spheres, scale by scale, as TwoNN is: the value is the dimension of the
 * sphere of whose uniform points, as many, the same m̂ is expected. So under uniform points it is d − 1.
 * Copies of rows are left out and counted. NaN for fewer than 6 rows and where too few of them differ.
 *
 * @remarks Use it when noise may hide the dimension, or when you want to see at what scale it holds: a
 * flat run in `series` is a dimension to trust. `two-nn` is its smallest scale alone. No unit; larger is
 * not better. Much above 20 a few thousand rows do not tell. Costs O(n² d).
 * @example
 * import { Random, zeros } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { gride } from 'tammes/metrics';
 *
 * // A circle in R¹⁰, with a little noise in every column: near rows see the noise, far ones the circle.
 * const random = Random.fromSeed(1);
 * const circle = uniformPoints(300, 2, random);
 * const points = zeros(300, 10);
 * for (let e = 0; e < points.data.length; e++) {
 *   const column = e % 10;
 *   const along = column < 2 ? circle.data[2 * Math.floor(e / 10) + column] : 0;
 *   points.data[e] = along + 0.01 * random.normal();
 * }
 * const { series } = await gride(points);
 * const dimensions = Array.from(series?.y ?? []);
 * console.log(dimensions[0] > 3, dimensions.at(-1)?.toFixed(1)); // true 1.0
 * @function
 */
export const gride = /* @__PURE__ */ defineMetric({
  id: 'gride',
  group: 'dimension',
  range: [0, Infinity],
  title: 'GRIDE dimension',
  summary: 'The intrinsic dimension at several scales, from neighbours twice as far down the list.',
  references: [cite(sources.generalizedRatios, 'ratios of generic order n₂ = 2n₁')],
  deviations: [
    'Rows are scaled to unit length, unless the option `rows` keeps them as they came.',
    'The mean of ln(r₂ₛ/rₛ) is solved for m in place of the likelihood; no distribution is assumed beyond its mean.',
    'Read backwards on uniform spheres, against the known downward bias.',
  ],
  options: {
    scale: integer(8, 'Neighbours of this and twice this rank give the value.', {
      min: 1,
      max: LARGEST_SCALE,
      symbol: 's',
    }),
    rows: rowsOption(),
  },
  listLength: 80,
  async measure(given, { scale: wanted, rows }) {
    const space = await spaceOf(given, rows);
    const n = space.points.rows;
    if (n < 6) return TOO_FEW;
    const { scales, scale } = scalesOf(n, wanted);
    const largest = Math.max(
      2 * (scales.at(-1) ?? 1),
      Math.min(n - 1, 2 * scale + Math.max(4, scale)),
    );
    const lists = await distinctLists(space, Math.min(n - 1, largest));
    if (lists.rows.length < 3) return TOO_FEW;
    if (areEquidistant(lists)) return EQUIDISTANT;
    const read = readingAt(lists.n, ...scales);
    const estimate = withSpread(lists, n, space.random('dimension'), (owners, kept) => {
      let [sum, used] = [0, 0];
      for (const i of owners) {
        const places = kept(i, 2 * scale);
        if (!places) continue;
        sum += lists.logs[places[2 * scale - 1]] - lists.logs[places[scale - 1]];
        used += 1;
      }
      return rate(scale, sum / used);
    });
    const at = scales.indexOf(scale);
    const found = readDimension(estimate, (raw) => read(raw, at), lists);
    const y = scales.map((s, a) => read(rate(s, meanLogRatio(lists, s)), a));
    const warnings = [...found.warnings, ...unsteady(scales, y)];
    return {
      ...found,
      warnings,
      series: { x: scales, y, xName: 'scale', yName: 'dimension' },
    };
  },
  underUniform(model, { scale: wanted, rows }) {
    if (rows === 'raw') return undefined;
    if (model.n < 6) return undefined;
    const { scales, scale } = scalesOf(model.n, wanted);
    const at = scales.indexOf(scale);
    const raw = (logs: readonly Float64Array[]) => {
      let sum = 0;
      for (const list of logs) sum += list[2 * scale - 1] - list[scale - 1];
      return rate(scale, sum / logs.length);
    };
    return dimensionNull(model, 2 * scale, raw, (n) => {
      const read = readingAt(n, ...scales);
      return (estimate) => read(estimate, at);
    });
  },
});

/** 1, 2, 4, … with 8s below n, and the scale wanted, or the largest of these where it is too large. */
function scalesOf(n: number, wanted: number): { scales: readonly number[]; scale: number } {
  const scales = [1];
  for (let s = 2; s <= LARGEST_SCALE && 8 * s < n; s *= 2) scales.push(s);
  const scale = 8 * wanted < n ? wanted : (scales.at(-1) ?? 1);
  if (!scales.includes(scale)) scales.push(scale);
  return { scales: scales.sort((a, b) => a - b), scale };
}

function rate(scale: number, meanLog: number): number {
  return (digamma(2 * scale) - digamma(scale)) / meanLog;
}

function meanLogRatio({ logs, rows, length }: DistinctLists, scale: number): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) {
    sum += logs[i * length + 2 * scale - 1] - logs[i * length + scale - 1];
  }
  return sum / rows.length;
}

const readingAt = /* @__PURE__ */ remembered((n: number, ...scales: readonly number[]) => {
  const expected = expectedLogChords(
    n,
    scales.flatMap((s) => [s, 2 * s]),
  );
  return dimensionScale((m) => {
    const means = expected(m);
    return scales.map((s, a) => rate(s, means[2 * a + 1] - means[2 * a]));
  }).read;
});

function unsteady(scales: readonly number[], y: readonly number[]): string[] {
  const [low, high] = [Math.min(...y), Math.max(...y)];
  if (!(high > STEADY * low)) return [];
  const said = scales.map((s, a) => `${y[a].toPrecision(3)} at s = ${s}`).join(', ');
  return [`the dimension depends on the scale: ${said}.`];
}
