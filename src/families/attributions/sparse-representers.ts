import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { rowDot } from '../../numerics/rows/dot.ts';
import { lasso } from '../../numerics/solvers/lasso.ts';
import { defineAttribution } from './define.ts';
import { momentsOf } from './support/moments.ts';
import { residualsOf } from './support/residuals.ts';

/** Coordinate descent is at its end to this, of the largest correlation. */
const END = { sweeps: 20000, tolerance: 1e-13 };

/**
 * The training rows that make a sparse linear model predict what it does:
 *
 *     ⟨θ, x⟩ = Σᵢ αᵢ·Σⱼ |θⱼ| aᵢⱼ xⱼ,  αᵢ = (yᵢ − ⟨θ, aᵢ⟩)/(nλ)
 *
 * with A n × d the training rows, y their targets, θ of least (1/2n) Σ (yᵢ − ⟨θ, aᵢ⟩)² + λ‖θ‖₁, fitted unless it is
 * given, and x the row of B that `query` names. Two rows are alike in the columns that the model uses, each weighed by
 * its coefficient.
 *
 * @remarks For lasso models of many columns, where likeness in all of them says little. The identity needs a stationary
 * point. A column of ones is the way to an intercept. For a ridge or logistic model: `last-layer`. O(n·d²) to fit, O(n·d) a
 * query.
 * @example
 * import { sparseRepresenters } from 'tammes/attributions';
 *
 * const a = [[1, 0], [0, 1], [1, 1]];
 * const asked = { a, targets: [2, 0, 2], b: [[3, 1]], query: { b: 0 } };
 * const { score, contributions } = await sparseRepresenters(asked, { penalty: 0.3 });
 * console.log(score.toFixed(2)); // 4.65
 * console.log([...contributions.values].map((x) => x.toFixed(2))); // [ '2.33', '0.00', '2.33' ]
 * @function
 */
export const sparseRepresenters = /* @__PURE__ */ defineAttribution({
  id: 'sparse-representers',
  title: 'High-dimensional representers of sparse models',
  summary: 'Splits a prediction of a lasso model over the rows that it was trained on.',
  references: [
    cite(papers.representerPointSelectionHighDimensional, 'ℓ₁ regularization'),
    cite(sources.coordinateDescentPaths, 'section 2.2: covariance updates'),
  ],
  deviations: ['Squared loss; the paper treats classifiers too.'],
  options: {
    penalty: number(0.01, 'Penalty on the sizes of the coefficients.', { min: 1e-12, symbol: 'λ' }),
  },
  needs: ['targets', 'query'],
  takes: ['weights'],
  asks: ['b'],
  command: 'tammes explain why vectors.csv --classes COLUMN --row N --method sparse-representers',
  async attribute({ a, b, given, targets, weights, query }, { penalty }, { engine }) {
    const y = targets as Float64Array;
    const trained = async () => {
      const { gram, cross } = await momentsOf(given, a, y, engine);
      return lasso(gram, cross, penalty, END);
    };
    const theta = weights ?? (await trained());
    const [{ rows: n, cols: d }, row] = [a, query.b ?? 0];
    const own = Float64Array.from(theta, (t, c) => Math.abs(t) * b.data[row * d + c]);
    const likeness = { data: own, rows: 1, cols: d };
    const residuals = residualsOf(a, y, theta);
    const used = theta.reduce((sum, t) => sum + (t === 0 ? 0 : 1), 0);
    return {
      score: rowDot({ data: theta, rows: 1, cols: d }, 0, b, row),
      facts: { columnsUsed: used },
      contributions: {
        a: Int32Array.from({ length: n }, (_, i) => i),
        b: new Int32Array(n).fill(row),
        values: residuals.map((r, i) => (r / (n * penalty)) * rowDot(a, i, likeness, 0)),
      },
    };
  },
});
