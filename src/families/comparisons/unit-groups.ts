import { type Matrix, matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer } from '../../method/options.ts';
import { meanEstimate } from '../../numerics/statistics/intervals.ts';
import { defineComparison } from './define.ts';
import { mapped } from './support/scatter.ts';
import { around, simulatedExpectation } from './support/statistics.ts';
import {
  type Grouping,
  groupedUnits,
  shareWithin,
  squared,
  unitAffinity,
} from './support/unit-groups.ts';
import {
  constantColumns,
  standardised,
  turnedCorrelations,
  type UnitCorrelations,
  unitCorrelations,
} from './support/units.ts';
import type { Compared, Pair } from './types.ts';

const MOST_DRAWS = 20;
const BUDGET = 2e9;

/**
 * How much of the squared correlation between two spaces lies within groups of columns of both, found by spectral
 * clustering:
 *
 *     W = [[R²_AA, R²_AB], [R²_BA, R²_BB]],   value = Σ_same group r_ij² / Σ r_ij²,   i of A, j of B
 *
 * W (dA + dB) × (dA + dB). 1 where every column of A has to do with the columns of its group in B only: single
 * units, or small subspaces that both spaces hold in bases of their own. By chance about 1 over the number of
 * groups; the null says.
 *
 * @remarks
 * The interval holds the groups that were found; where other rows would form others it is too narrow (it covered
 * 70 % in the run that docs/compare.md shows, for 95 %). Finds many-to-many likeness that `unit-matching` cannot see and `linear-prediction` does not localise.
 * `unitGrouping` gives the groups themselves.
 *
 * @example
 * import { matrix } from 'tammes';
 * import { unitGroups } from 'tammes/comparisons';
 *
 * // Four cosine waves, which have nothing to do with one another.
 * const waves = Float64Array.from({ length: 128 }, (_, at) =>
 *   Math.cos((((at % 4) + 1) * (2 * Math.floor(at / 4) + 1) * Math.PI) / 64),
 * );
 * const a = matrix(waves, 32, 4);
 * const { value } = await unitGroups({ a, b: a }, { groups: 4 });
 * console.log(value.toFixed(2)); // 1.00
 *
 * @function
 */
export const unitGroups = /* @__PURE__ */ defineComparison({
  id: 'unit-groups',
  title: 'Groups of columns',
  summary: 'The share of squared correlation between two spaces that groups of columns hold.',
  references: [
    cite(papers.convergentLearning, 'Section 5: spectral clustering of units of both networks'),
  ],
  deviations: [
    'Squared correlations in place of absolute ones: what n rows add by chance is then 1/n, not 1/√n.',
  ],
  options: {
    groups: integer(0, 'How many groups; 0: where the eigenvalues fall most.', { min: 0 }),
  },
  kind: 'similarity',
  rows: 'paired',
  columns: 'any',
  async compare(pair, { groups }) {
    const correlations = await unitCorrelations(pair);
    const warnings = constantColumns(correlations.constant);
    const affinity = await unitAffinity(pair);
    const found = await groupedUnits(affinity, groups, pair.engine.linalg, pair.work);
    const value = shareWithin(affinity.between, found);
    if (Number.isNaN(value)) {
      return { value, warnings: [...warnings, 'no column of A varies with one of B.'] };
    }
    const error = meanEstimate(await influences(pair, correlations, found, value)).standardError;
    const draws: number[] = [];
    for (const turned of await someTurned(pair, correlations)) {
      const between = squared(turned);
      const drawn = { ...affinity, between };
      const own = await groupedUnits(drawn, groups, pair.engine.linalg, pair.work);
      draws.push(shareWithin(between, own));
    }
    const how = `one space turned at random: ${draws.length} draws`;
    return {
      value,
      ...around(value, error, 0, 1),
      ...(draws.length > 0 && { null: simulatedExpectation(draws, value, 'large', how) }),
      warnings: [
        `${found.count} groups.`,
        'the interval holds the groups fixed; other rows may form others.',
        ...warnings,
      ],
    } satisfies Compared;
  },
});

/** Fewer where an eigenvalue problem of all columns costs more. */
async function someTurned(pair: Pair, correlations: UnitCorrelations) {
  const d = pair.a.cols + pair.b.cols;
  const most = Math.max(5, Math.min(MOST_DRAWS, Math.floor(BUDGET / (4 * d ** 3))));
  return (await turnedCorrelations(pair, correlations)).slice(0, most);
}

/** Of Σ_within r²/Σ r², the groups held: each r moves by xy − r(x² + y²)/2 for the standardised row. */
async function influences(
  pair: Pair,
  { left, right, cross }: UnitCorrelations,
  { groups }: Grouping,
  value: number,
): Promise<Float64Array> {
  const { a, b } = pair.centered();
  const n = pair.n;
  const root = Math.sqrt(n);
  const x = standardised(
    a,
    left.map((scale) => scale * root),
  );
  const y = standardised(
    b,
    right.map((scale) => scale * root),
  );
  const [p, q] = [cross.rows, cross.cols];
  const total = cross.data.reduce((sum, r) => sum + r * r, 0);
  // Weights of 2rψ: what is within less its share of all.
  const weights = matrix(
    cross.data.map((r, at) => {
      const same = groups[Math.floor(at / q)] === groups[p + (at % q)];
      return (2 * r * ((same ? 1 : 0) - value)) / total;
    }),
    p,
    q,
  );
  const pulls = squaredPulls(weights, cross);
  const seen = await mapped(narrowLike(x, a), weights, pair.engine, pair.work);
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < q; j++) {
      const yj = y.data[i * q + j];
      sum += seen.data[i * q + j] * yj - (pulls.right[j] * yj * yj) / 2;
    }
    for (let j = 0; j < p; j++) sum -= (pulls.left[j] * x.data[i * p + j] ** 2) / 2;
    return sum;
  });
}

/** Σ_j w_ij r_ij and Σ_i w_ij r_ij. */
function squaredPulls(weights: Matrix, cross: Matrix) {
  const [p, q] = [cross.rows, cross.cols];
  const left = new Float64Array(p);
  const right = new Float64Array(q);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < q; j++) {
      const pull = weights.data[i * q + j] * cross.data[i * q + j];
      left[i] += pull;
      right[j] += pull;
    }
  }
  return { left, right };
}

function narrowLike(m: Matrix, like: Matrix): Matrix {
  return like.data instanceof Float32Array ? { ...m, data: Float32Array.from(m.data) } : m;
}
