import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { number } from '../../method/options.ts';
import { eigh } from '../../numerics/decompositions/eigh.ts';
import { rowDot } from '../../numerics/rows/dot.ts';
import { gramOf, powered, residualsOf } from '../../numerics/solvers/alternating-least-squares.ts';
import { defineAttribution } from './define.ts';

/**
 * The training numbers that make a low-rank model predict what it does:
 *
 *     ⟨p_u, q_v⟩ = Σ_k α_k · [p_{a(k)}ᵀ(PᵀP)^{−½} p_u]·[q_{b(k)}ᵀ(QᵀQ)^{−½} q_v],  α_k = (x_k − ⟨p_{a(k)}, q_{b(k)}⟩)/λ
 *
 * with P, m × r (users) and Q, n × r (items) of least ½ Σ (x_k − ⟨p, q⟩)² + λ/2·(‖P‖² + ‖Q‖²). Each observed number
 * contributes its residual times how alike the users are times how alike the items are. `alternatingLeastSquares` gives
 * such factors.
 *
 * @remarks For "which past ratings, and whose, made this score?". It sums only where training has ended: otherwise the gap
 * says by how much it does not. It looks at everybody's numbers; those of the user alone, with the items held where they
 * are, are split by `last-layer`, which names the ratings whose removal moves the score most. O((m + n + k)·r).
 * @example
 * import { alternatingLeastSquares, representers } from 'tammes/attributions';
 *
 * const entries = { a: [0, 0, 1], b: [0, 1, 0], values: [3, 2, 3] };
 * const ones = (n: number) => ({ data: new Float64Array(n).fill(1), rows: n, cols: 1 });
 * const end = { ridge: 0.5, sweeps: 500, tolerance: 1e-12 };
 * const { p, q } = await alternatingLeastSquares(entries, { p: ones(2), q: ones(2) }, end);
 * const asked = { a: p, b: q, entries, query: { a: 1, b: 1 } };
 * const { score, contributions } = await representers(asked, { ridge: 0.5 });
 * const sum = contributions.values.reduce((s, x) => s + x, 0);
 * console.log(Math.abs(sum - score) < 1e-9); // true
 * @function
 */
export const representers = /* @__PURE__ */ defineAttribution({
  id: 'representers',
  title: 'High-dimensional representers',
  summary: 'Splits a prediction of a low-rank model over the numbers that it was trained on.',
  references: [
    cite(
      papers.representerPointSelectionHighDimensional,
      'nuclear-norm regularization; the form for factors is derived from it',
    ),
  ],
  deviations: [
    'The kernel is written in the factors P and Q, which equals that of Θ = PQᵀ where both have the same Gram matrix, as they have where training ends.',
    'Squared loss; the paper treats other losses of recommenders too.',
  ],
  options: {
    ridge: number(1, 'The penalty that the factors were trained with.', {
      min: 1e-12,
      symbol: 'λ',
    }),
  },
  needs: ['entries', 'query'],
  asks: ['a', 'b'],
  command: 'tammes explain why ratings.csv --ratings rating --user ID --item ID',
  attribute({ a: p, b: q, entries, query }, { ridge }) {
    const { a, b, values } = entries as NonNullable<typeof entries>;
    const { a: user = 0, b: item = 0 } = query;
    const users = likeness(p, user);
    const items = likeness(q, item);
    const residuals = residualsOf({ a, b, values }, { p, q });
    return {
      score: rowDot(p, user, q, item),
      contributions: {
        a,
        b,
        values: residuals.map((residual, k) => (residual / ridge) * users[a[k]] * items[b[k]]),
      },
    };
  },
});

/** Eigenvalues below this share of the largest are directions that the model does not use. */
const UNUSED = 1e-12;

/** xᵢᵀ(XᵀX)^{−½} x of each row with the row that is asked about. */
function likeness(x: Parameters<typeof gramOf>[0], asked: number): Float64Array {
  const spectrum = eigh(gramOf(x));
  const floor = UNUSED * spectrum.values[0];
  const root = powered(spectrum, (value) => (value > floor ? 1 / Math.sqrt(value) : 0));
  const { data, rows: n, cols: r } = x;
  const own = { data: data.subarray(asked * r, (asked + 1) * r), rows: 1, cols: r };
  const turned = Float64Array.from({ length: r }, (_, c) => rowDot(root, c, own, 0));
  const at = { data: turned, rows: 1, cols: r };
  return Float64Array.from({ length: n }, (_, i) => rowDot(x, i, at, 0));
}
