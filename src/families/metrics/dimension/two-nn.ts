import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import { defineMetric } from '../define.ts';
import { censoredRate } from './support/censored-rate.ts';
import {
  areEquidistant,
  dimensionNull,
  EQUIDISTANT,
  readDimension,
  rowsOption,
  spaceOf,
  TOO_FEW,
} from './support/dimension-estimates.ts';
import { type DistinctLists, distinctLists } from './support/distinct-lists.ts';
import { censoredLogRatio, dimensionScale, remembered } from './support/sphere-neighbors.ts';

/** Fewer ratios say nothing. */
const FEWEST = 10;

/**
 * Intrinsic dimension from the two nearest neighbours of each row (TwoNN).
 *
 *     m̂ = (K − 1)/(Σ_kept ln(r₂/r₁) + (N − K) · edge)
 *
 * with r₁ and r₂ the chords from a row to its two nearest, K of the N ratios kept and `edge` the largest
 * kept ln(r₂/r₁): where the density hardly changes within them, ln(r₂/r₁) is exponential with rate m. The
 * largest tenth of the ratios is censored at the edge, which takes their power from near-duplicates and
 * outliers.
 *
 * Neighbours of n rows are not near in many dimensions, and m̂ reads low: 15 to 17 at a true 20 from
 * 3,000 rows. The value is the dimension of the sphere of whose uniform points, as many, the same m̂ is
 * expected, exactly; so under uniform points it is d − 1. The interval is that of the likelihood, with
 * what neighbours share added. Copies of rows are left out and counted. NaN for fewer than 13 rows and
 * where fewer than 10 differ.
 *
 * @remarks Use it first: it looks at the smallest neighbourhoods, so curvature and uneven density matter
 * least. For the same reason noise and rounding matter most; `gride` shows whether the dimension holds at
 * larger scales, and `mle-dimension` varies less. No unit; larger is not better. A linear rank such as
 * `participation-ratio` well above it says that the rows lie on a curved surface. Costs O(n² d).
 * @example
 * import { Random, zeros } from 'tammes';
 * import { twoNn } from 'tammes/metrics';
 *
 * // A flat torus: two angles, four columns, linear rank 4, dimension 2.
 * const random = Random.fromSeed(1);
 * const points = zeros(800, 4);
 * for (let i = 0; i < points.data.length; i += 2) {
 *   const angle = 2 * Math.PI * random.uniform();
 *   points.data[i] = Math.cos(angle);
 *   points.data[i + 1] = Math.sin(angle);
 * }
 * const { value, null: expected } = await twoNn(points);
 * console.log(value.toFixed(0), expected?.value); // 2 3
 * @function
 */
export const twoNn = /* @__PURE__ */ defineMetric({
  id: 'two-nn',
  group: 'dimension',
  range: [0, Infinity],
  title: 'TwoNN dimension',
  summary: 'The intrinsic dimension that the two nearest neighbours of each row show.',
  references: [
    cite(
      sources.minimalNeighborhoodDimension,
      'the law of r₂/r₁, and leaving out the largest tenth',
    ),
  ],
  deviations: [
    'Rows are scaled to unit length, unless the option `rows` keeps them as they came.',
    'Maximum likelihood of the censored exponential law in place of a line through the empirical distribution.',
    'Read backwards on uniform spheres, against the known downward bias.',
  ],
  options: {
    censored: number(0.1, 'Share of the largest ratios that count as their edge only.', {
      min: 0,
      max: 0.9,
    }),
    rows: rowsOption(),
  },
  listLength: 12,
  async measure(given, { censored, rows }) {
    const space = await spaceOf(given, rows);
    const n = space.points.rows;
    if (n < FEWEST + 3) return TOO_FEW;
    const lists = await distinctLists(space, 2);
    if (lists.rows.length < FEWEST) return TOO_FEW;
    if (areEquidistant(lists)) return EQUIDISTANT;
    const { logs, length } = lists;
    const ratios = Float64Array.from(lists.rows, (_, i) => logs[i * length + 1] - logs[i * length]);
    const value = censoredRate(ratios.slice(), censored);
    const half = value * Z95 * relativeError(ratios, value, lists, censored);
    return readDimension({ value, half }, readingAt(lists.n, censored), lists);
  },
  underUniform(model, { censored, rows }) {
    if (rows === 'raw') return undefined;
    const raw = (logs: readonly Float64Array[]) =>
      censoredRate(
        Float64Array.from(logs, ([first, second]) => second - first),
        censored,
      );
    return dimensionNull(model, 2, raw, (n) => readingAt(n, censored));
  },
});

/**
 * Standard error of ln m̂: √(Σ sᵢ² + Σ sᵢsⱼ)/N_kept, sᵢ = [not censored] − m̂·min(xᵢ, edge) the scores and
 * the second sum over rows one of which is among the two neighbours of the other: they share distances.
 */
function relativeError(
  ratios: Float64Array,
  rate: number,
  { indices, rows, length }: DistinctLists,
  censored: number,
): number {
  const kept = Math.max(2, Math.ceil(ratios.length * (1 - censored)));
  const edge = ratios.slice().sort()[kept - 1];
  const scores = ratios.map((x) => (x <= edge ? 1 : 0) - rate * Math.min(x, edge));
  const listOf = new Map(Array.from(rows, (row, i) => [row, i]));
  let variance = 0;
  for (let i = 0; i < rows.length; i++) {
    variance += scores[i] * scores[i];
    for (let r = 0; r < length; r++) {
      const j = listOf.get(indices[i * length + r]);
      if (j === undefined) continue;
      const mutual = indices.subarray(j * length, (j + 1) * length).includes(rows[i]);
      // Each ordered pair counts once, so a link seen from one side only counts twice here.
      variance += (mutual ? 1 : 2) * scores[i] * scores[j];
    }
  }
  return Math.sqrt(Math.max(variance, kept)) / kept;
}

const readingAt = /* @__PURE__ */ remembered((n: number, censored: number) => {
  const share = 1 - censored;
  const mean = censoredLogRatio(n, Math.min(share, 1 - 1e-9));
  return dimensionScale((m) => [share / mean(m)]).read;
});
